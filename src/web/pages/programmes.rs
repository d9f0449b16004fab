use actix_web::HttpResponse;
pub async fn index() -> HttpResponse { HttpResponse::Ok().finish() }
pub async fn programme() -> HttpResponse { HttpResponse::Ok().finish() }
pub async fn edition() -> HttpResponse { HttpResponse::Ok().finish() }
