//! One row of an answer.
//!
//! Owns: reading columns by their place, the same on both engines. Must not know: statements.

use std::error::Error;

use rusqlite::types::ValueRef;
use tokio_postgres::types::{FromSql, Type};

use crate::error::{ErrorKind, StoreError};
use crate::value::{Column, FromValue};

/// One row of an answer.
pub struct Row<'a> {
    op: &'static str,
    cells: Cells<'a>,
}

enum Cells<'a> {
    Sqlite(&'a rusqlite::Row<'a>),
    Postgres(&'a tokio_postgres::Row),
}

impl<'a> Row<'a> {
    pub(crate) fn sqlite(op: &'static str, row: &'a rusqlite::Row<'a>) -> Self {
        Self {
            op,
            cells: Cells::Sqlite(row),
        }
    }

    pub(crate) fn postgres(op: &'static str, row: &'a tokio_postgres::Row) -> Self {
        Self {
            op,
            cells: Cells::Postgres(row),
        }
    }

    /// Reads the column at this place, counted from 0. A missing value read into a type without
    /// room for it is an error that names the statement and the column, never a 0 or "".
    pub fn get<T: FromValue>(&self, index: usize) -> Result<T, StoreError> {
        let column = self.column(index)?;
        T::from_value(column).map_err(|wanted| {
            let found = match column {
                Column::Null => "no value",
                Column::Int(_) => "a number",
                Column::Text(_) => "text",
                Column::Blob(_) => "bytes",
            };
            self.broken(index, &format!("expected {wanted}, found {found}"))
        })
    }

    fn column(&self, index: usize) -> Result<Column<'_>, StoreError> {
        match self.cells {
            Cells::Sqlite(row) => match row.get_ref(index) {
                Ok(ValueRef::Null) => Ok(Column::Null),
                Ok(ValueRef::Integer(value)) => Ok(Column::Int(value)),
                Ok(ValueRef::Text(bytes)) => std::str::from_utf8(bytes)
                    .map(Column::Text)
                    .map_err(|_| self.broken(index, "text that is not UTF-8")),
                Ok(ValueRef::Blob(bytes)) => Ok(Column::Blob(bytes)),
                Ok(ValueRef::Real(_)) => Err(self.broken(index, "a fraction")),
                Err(error) => Err(StoreError::sqlite(self.op, error)),
            },
            Cells::Postgres(row) => row
                .try_get::<_, PostgresColumn<'_>>(index)
                .map(|column| column.0)
                .map_err(|error| StoreError::postgres(self.op, error)),
        }
    }

    fn broken(&self, index: usize, words: &str) -> StoreError {
        let words = format!("column {index}: {words}");
        StoreError::because(self.op, ErrorKind::Broken, words)
    }
}

/// A column in PostgreSQL's binary format.
struct PostgresColumn<'a>(Column<'a>);

impl<'a> FromSql<'a> for PostgresColumn<'a> {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        let column = match *ty {
            Type::INT8 => Column::Int(i64::from_sql(ty, raw)?),
            Type::INT4 => Column::Int(i64::from(i32::from_sql(ty, raw)?)),
            Type::INT2 => Column::Int(i64::from(i16::from_sql(ty, raw)?)),
            Type::BOOL => Column::Int(i64::from(bool::from_sql(ty, raw)?)),
            Type::BYTEA => Column::Blob(raw),
            _ => Column::Text(<&str>::from_sql(ty, raw)?),
        };
        Ok(Self(column))
    }

    fn from_sql_null(_: &Type) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Self(Column::Null))
    }

    fn accepts(ty: &Type) -> bool {
        matches!(
            *ty,
            Type::INT8 | Type::INT4 | Type::INT2 | Type::BOOL | Type::BYTEA
        ) || <&str>::accepts(ty)
    }
}
