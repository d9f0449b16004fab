# SPDX-FileCopyrightText: 2026 The Insieme contributors
# SPDX-License-Identifier: AGPL-3.0-or-later

tagline = Valutare insieme ciò che si fa insieme
skip-to-content = Vai al contenuto
skip-to-footer = Vai al piè di pagina
language-label = Lingua
main-navigation = Principale
nav-home = Inizio
nav-programmes = Programmi
nav-frameworks = Indicatori
nav-method = Come si calcola
nav-staff = Area di lavoro
notice-label = Avviso
demo-notice-strong = Dimostrazione.
demo-notice = Tutte le risposte e tutti i punteggi che vede sono inventati.
demo-notice-link = Che cosa è vero e che cosa no
breadcrumb-label = Percorso
tagline-with = Valutazione partecipata, con Insieme
footer-privacy-here = Privacy di questo servizio
footer-what = Insieme serve a valutare una pratica collaborativa con chi ne fa parte, e a restituire il risultato a chi ha risposto.
footer-version = Versione { $version }, software libero con licenza AGPL-3.0-or-later.
footer-privacy = Privacy
footer-accessibility = Accessibilità
footer-method = Come si calcolano i punteggi
footer-source = Codice sorgente
