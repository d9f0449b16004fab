use actix_web::HttpResponse;
pub async fn project() -> HttpResponse { HttpResponse::Ok().finish() }
pub async fn change() -> HttpResponse { HttpResponse::Ok().finish() }
