//! Values in PostgreSQL's binary format.
//!
//! Owns: which value fits which parameter type. Must not know: statements.

use std::error::Error;

use bytes::BytesMut;
use tokio_postgres::types::{IsNull, ToSql, Type};

use crate::value::{Value, without_nul};

/// A value on its way to PostgreSQL.
#[derive(Debug)]
pub(super) struct Parameter<'a>(pub(super) &'a Value);

impl ToSql for Parameter<'_> {
    fn to_sql(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match (self.0, ty) {
            (Value::Null, _) => Ok(IsNull::Yes),
            (Value::Int(value), &Type::INT8) => value.to_sql(ty, out),
            (Value::Int(value), &Type::INT4) => i32::try_from(*value)?.to_sql(ty, out),
            (Value::Text(value), &Type::TEXT | &Type::VARCHAR | &Type::NAME) => {
                without_nul(value).as_ref().to_sql(ty, out)
            }
            (Value::Blob(value), &Type::BYTEA) => value.to_sql(ty, out),
            (Value::Ids(value), &Type::INT8_ARRAY) => value.to_sql(ty, out),
            (value, ty) => Err(format!("{} does not fit {ty}", noun(value)).into()),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    fn to_sql_checked(
        &self,
        ty: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        self.to_sql(ty, out)
    }
}

fn noun(value: &Value) -> &'static str {
    match value {
        Value::Null => "no value",
        Value::Int(_) => "a number",
        Value::Text(_) => "text",
        Value::Blob(_) => "bytes",
        Value::Ids(_) => "a set of ids",
    }
}
