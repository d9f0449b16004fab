use actix_web::HttpResponse;
pub async fn results() -> HttpResponse { HttpResponse::Ok().finish() }
