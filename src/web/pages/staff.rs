use actix_web::HttpResponse;
pub async fn sign_in_page() -> HttpResponse { HttpResponse::Ok().finish() }
pub async fn sign_in() -> HttpResponse { HttpResponse::Ok().finish() }
pub async fn workspace() -> HttpResponse { HttpResponse::Ok().finish() }
pub async fn sign_out() -> HttpResponse { HttpResponse::Ok().finish() }
pub async fn wave() -> HttpResponse { HttpResponse::Ok().finish() }
pub async fn open() -> HttpResponse { HttpResponse::Ok().finish() }
pub async fn close() -> HttpResponse { HttpResponse::Ok().finish() }
pub async fn publish() -> HttpResponse { HttpResponse::Ok().finish() }
pub async fn links() -> HttpResponse { HttpResponse::Ok().finish() }
