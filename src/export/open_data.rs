// SPDX-FileCopyrightText: 2026 The Insieme contributors
// SPDX-License-Identifier: AGPL-3.0-or-later

//! What has been published? A catalogue that the national portal of open data reads: DCAT-AP_IT, as Turtle and JSON-LD.
//!
//! # Source
//! `AgID`, Profilo nazionale dei metadati `DCAT-AP_IT`, 2017; the vocabularies of the Publications Office of the EU.

use std::io::{self, Write};

use jiff::civil::Date;
use serde_json::{Value, json};

use crate::domain::data_file::{FileFormat, ResultFile};

mod turtle;

use turtle::{address, literal};

/// Version of the files of a wave: their columns and their meaning. Another one gets another address.
pub const VERSION: &str = "1";

/// The files that are published of every wave.
pub const PUBLISHED: [ResultFile; 7] = [
    ResultFile::Scores(FileFormat::Csv),
    ResultFile::Scores(FileFormat::Json),
    ResultFile::Scores(FileFormat::Xlsx),
    ResultFile::Scores(FileFormat::Ods),
    ResultFile::Decisions,
    ResultFile::Replies,
    ResultFile::Codebook,
];

const THEME: &str = "http://publications.europa.eu/resource/authority/data-theme/";
const FILE_TYPE: &str = "http://publications.europa.eu/resource/authority/file-type/";
const FREQUENCY: &str = "http://publications.europa.eu/resource/authority/frequency/";
const LANGUAGE: &str = "http://publications.europa.eu/resource/authority/language/ITA";

/// Everything published.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalogue {
    /// Address of the site, without a final slash.
    pub base: String,
    /// Name.
    pub title: String,
    /// What it is, in a sentence.
    pub description: String,
    /// Day of the last change.
    pub modified: Date,
    /// Who publishes it.
    pub publisher: Agent,
    /// One for every published wave.
    pub datasets: Vec<Dataset>,
}

/// A body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Agent {
    /// Last part of its address in the catalogue: letters and digits.
    pub key: String,
    /// Code in the index of public administrations, or tax code, or what else it is known by.
    pub identifier: String,
    /// Name.
    pub name: String,
}

/// The results of one wave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dataset {
    /// Id of the wave, as addresses have it.
    pub key: String,
    /// Name.
    pub title: String,
    /// What it is, in a few sentences.
    pub description: String,
    /// Day of publication.
    pub modified: Date,
    /// First and last day of answers.
    pub days: (Date, Date),
    /// The body whose data they are.
    pub holder: Agent,
}

impl Dataset {
    fn address(&self, base: &str) -> String {
        format!("{base}/opendata/{}/{VERSION}", self.key)
    }
}

impl Agent {
    /// Who publishes a catalogue: the body itself where everything in it is of one; else the installation at this address.
    #[must_use]
    pub fn publishing(datasets: &[Dataset], base: &str) -> Self {
        let one = datasets.split_first().filter(|(first, others)| others.iter().all(|one| one.holder == first.holder));
        one.map_or_else(
            || Self { key: "insieme".to_owned(), identifier: base.to_owned(), name: "Insieme".to_owned() },
            |(first, _)| first.holder.clone(),
        )
    }

    fn address(&self, base: &str) -> String {
        format!("{base}/opendata/catalog.ttl#ente-{}", self.key)
    }
}

impl Catalogue {
    fn agents(&self) -> Vec<&Agent> {
        let mut agents = vec![&self.publisher];
        for holder in self.datasets.iter().map(|dataset| &dataset.holder) {
            if !agents.iter().any(|known| known.key == holder.key) {
                agents.push(holder);
            }
        }
        agents
    }

    fn address(&self) -> String {
        format!("{}/opendata/catalog.ttl#catalogo", self.base)
    }

    /// Address of a file of a dataset in the catalogue.
    fn distribution(&self, dataset: &Dataset, file: ResultFile) -> String {
        format!("{}/opendata/catalog.ttl#{}-{}", self.base, dataset.key, file.name())
    }
}

/// Writes the catalogue as Turtle.
///
/// # Errors
/// If it cannot be written.
pub fn write_turtle(catalogue: &Catalogue, mut out: impl Write) -> io::Result<()> {
    out.write_all(turtle::PREFIXES.as_bytes())?;
    let base = &catalogue.base;
    writeln!(out, "{} a dcatapit:Catalog, dcat:Catalog ;", address(&catalogue.address()))?;
    writeln!(out, "  dct:title {}@it ;", literal(&catalogue.title))?;
    writeln!(out, "  dct:description {}@it ;", literal(&catalogue.description))?;
    writeln!(out, "  dct:publisher {} ;", address(&catalogue.publisher.address(base)))?;
    writeln!(out, "  dct:language {} ; foaf:homepage {} ;", address(LANGUAGE), address(base))?;
    for dataset in &catalogue.datasets {
        writeln!(out, "  dcat:dataset {} ;", address(&dataset.address(base)))?;
    }
    writeln!(out, "  dct:modified \"{}\"^^xsd:date .\n", catalogue.modified)?;
    for agent in catalogue.agents() {
        writeln!(out, "{} a dcatapit:Agent, foaf:Agent ;", address(&agent.address(base)))?;
        writeln!(out, "  dct:identifier {} ; foaf:name {} .\n", literal(&agent.identifier), literal(&agent.name))?;
    }
    writeln!(out, "{} a dcatapit:LicenseDocument, dct:LicenseDocument ;", address(super::csvw::LICENCE))?;
    writeln!(out, "  dct:type <http://purl.org/adms/licencetype/Attribution> ; foaf:name \"CC BY 4.0\" .\n")?;
    catalogue.datasets.iter().try_for_each(|dataset| write_dataset(catalogue, dataset, &mut out))?;
    out.flush()
}

fn write_dataset(catalogue: &Catalogue, dataset: &Dataset, out: &mut impl Write) -> io::Result<()> {
    let base = &catalogue.base;
    let here = dataset.address(base);
    writeln!(out, "{} a dcatapit:Dataset, dcat:Dataset ;", address(&here))?;
    writeln!(out, "  dct:identifier {} ;", literal(&dataset.key))?;
    writeln!(
        out,
        "  dct:title {}@it ;\n  dct:description {}@it ;",
        literal(&dataset.title),
        literal(&dataset.description)
    )?;
    writeln!(out, "  dct:modified \"{}\"^^xsd:date ;", dataset.modified)?;
    writeln!(out, "  dcat:theme {}, {} ;", address(&format!("{THEME}GOVE")), address(&format!("{THEME}SOCI")))?;
    let holder = address(&dataset.holder.address(base));
    writeln!(out, "  dct:rightsHolder {holder} ; dct:publisher {} ;", address(&catalogue.publisher.address(base)))?;
    writeln!(out, "  dct:accrualPeriodicity {} ;", address(&format!("{FREQUENCY}NEVER")))?;
    writeln!(out, "  dct:language {} ; owl:versionInfo \"{VERSION}\" ;", address(LANGUAGE))?;
    let (first, last) = dataset.days;
    writeln!(
        out,
        "  dct:temporal [ a dct:PeriodOfTime ; dcat:startDate \"{first}\"^^xsd:date ; dcat:endDate \"{last}\"^^xsd:date ] ;"
    )?;
    for file in PUBLISHED {
        writeln!(out, "  dcat:distribution {} ;", address(&catalogue.distribution(dataset, file)))?;
    }
    writeln!(out, "  dcat:landingPage {} .\n", address(&format!("{base}/it/waves/{}", dataset.key)))?;
    for file in PUBLISHED {
        let file_at = address(&format!("{here}/{}", file.name()));
        writeln!(
            out,
            "{} a dcatapit:Distribution, dcat:Distribution ;",
            address(&catalogue.distribution(dataset, file))
        )?;
        writeln!(out, "  dct:title \"{}\"@it ; dct:format {} ;", file.name(), address(&file_type(file)))?;
        writeln!(out, "  dcat:accessURL {file_at} ; dcat:downloadURL {file_at} ;")?;
        writeln!(out, "  dct:license {} .\n", address(super::csvw::LICENCE))?;
    }
    Ok(())
}

fn file_type(file: ResultFile) -> String {
    let kind = match file {
        ResultFile::Scores(FileFormat::Xlsx) => "XLSX",
        ResultFile::Scores(FileFormat::Ods) => "ODS",
        ResultFile::Scores(FileFormat::Sav) => "SAV",
        ResultFile::Scores(FileFormat::Csv)
        | ResultFile::Items
        | ResultFile::Decisions
        | ResultFile::Replies
        | ResultFile::Codebook => "CSV",
        ResultFile::Scores(FileFormat::Json)
        | ResultFile::ScoresMetadata
        | ResultFile::ItemsMetadata
        | ResultFile::DecisionsMetadata
        | ResultFile::RepliesMetadata
        | ResultFile::CodebookMetadata => "JSON",
    };
    format!("{FILE_TYPE}{kind}")
}

/// Writes the catalogue as JSON-LD.
///
/// # Errors
/// If it cannot be written.
pub fn write_json(catalogue: &Catalogue, mut out: impl Write) -> io::Result<()> {
    let base = &catalogue.base;
    let id = |address: String| json!({ "@id": address });
    let day = |day: Date| json!({ "@type": "xsd:date", "@value": day.to_string() });
    let said = |text: &str| json!({ "@language": "it", "@value": text });
    let mut graph = vec![json!({
        "@id": catalogue.address(), "@type": ["dcatapit:Catalog", "dcat:Catalog"],
        "dct:title": said(&catalogue.title), "dct:description": said(&catalogue.description),
        "dct:publisher": id(catalogue.publisher.address(base)), "dct:modified": day(catalogue.modified),
        "dct:language": id(LANGUAGE.to_owned()), "foaf:homepage": id(base.clone()),
        "dcat:dataset": catalogue.datasets.iter().map(|one| id(one.address(base))).collect::<Vec<_>>(),
    })];
    graph.extend(catalogue.agents().into_iter().map(|agent| {
        json!({
            "@id": agent.address(base), "@type": ["dcatapit:Agent", "foaf:Agent"],
            "dct:identifier": agent.identifier, "foaf:name": agent.name,
        })
    }));
    for dataset in &catalogue.datasets {
        let files: Vec<Value> = PUBLISHED.iter().map(|file| id(catalogue.distribution(dataset, *file))).collect();
        graph.push(json!({
            "@id": dataset.address(base), "@type": ["dcatapit:Dataset", "dcat:Dataset"],
            "dct:identifier": dataset.key, "dct:title": said(&dataset.title),
            "dct:description": said(&dataset.description), "dct:modified": day(dataset.modified),
            "dcat:theme": [id(format!("{THEME}GOVE")), id(format!("{THEME}SOCI"))],
            "dct:rightsHolder": id(dataset.holder.address(base)),
            "dct:publisher": id(catalogue.publisher.address(base)),
            "dct:accrualPeriodicity": id(format!("{FREQUENCY}NEVER")),
            "dcat:landingPage": id(format!("{base}/it/waves/{}", dataset.key)), "dcat:distribution": files,
        }));
        graph.extend(PUBLISHED.map(|file| {
            let file_at = format!("{}/{}", dataset.address(base), file.name());
            json!({
                "@id": catalogue.distribution(dataset, file), "@type": ["dcatapit:Distribution", "dcat:Distribution"],
                "dct:title": said(file.name()), "dct:format": id(file_type(file)), "dcat:accessURL": id(file_at.clone()),
                "dcat:downloadURL": id(file_at), "dct:license": id(super::csvw::LICENCE.to_owned()),
            })
        }));
    }
    let context = turtle::NAMESPACES.iter().map(|(prefix, name)| ((*prefix).to_owned(), Value::from(*name)));
    let document = json!({ "@context": Value::Object(context.collect()), "@graph": graph });
    serde_json::to_writer_pretty(&mut out, &document)?;
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_body_publishes_its_own_and_the_installation_what_is_of_several() {
        let of = |name: &str| Dataset {
            holder: Agent { key: "k".to_owned(), identifier: "i".to_owned(), name: name.to_owned() },
            ..Dataset::default()
        };
        let publishing = |all: &[Dataset]| Agent::publishing(all, "https://a").name;
        assert_eq!(publishing(&[of("Comune"), of("Comune")]), "Comune");
        assert_eq!([publishing(&[of("Comune"), of("Unione")]), publishing(&[])], ["Insieme", "Insieme"]);
    }
}
