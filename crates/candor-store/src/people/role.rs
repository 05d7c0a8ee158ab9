//! Roles and their grants.
//!
//! Owns: the tables `role` and `role_grant`. Must not know: what a grant allows.

use crate::{Row, Sql, StoreError, Tx, params};
use candor_domain::id::RoleId;
use candor_domain::permission::{Grant, Permission, Role, Scope};

const ROLES: Sql = Sql::Same("select id, name from role order by id");
const ROLE: Sql = Sql::Same("select id, name from role where id = $1");
const ROLE_BY_NAME: Sql = Sql::Same("select id, name from role where name = $1");
const INSERT_ROLE: Sql = Sql::Same("insert into role (name) values ($1) returning id");
const RENAME_ROLE: Sql = Sql::Same("update role set name = $2 where id = $1");
const DROP_ROLE: Sql = Sql::Same("delete from role where id = $1");
const GRANTS: Sql = Sql::Same("select permission, scope from role_grant where role_id = $1");
const INSERT_GRANTS: Sql = Sql::Same("insert into role_grant (role_id, permission, scope) values");
const DROP_GRANTS: Sql = Sql::Same("delete from role_grant where role_id = $1");
const PEOPLE_IN: Sql = Sql::Same("select count(*) from person where role_id = $1");

impl Tx<'_> {
    /// Every role with its grants, oldest first.
    pub fn roles(&mut self) -> Result<Vec<Role>, StoreError> {
        let roles = self.query(ROLES, &[], read_role)?;
        roles
            .into_iter()
            .map(|role| self.with_grants(role))
            .collect()
    }

    /// A role with its grants.
    pub fn role(&mut self, id: RoleId) -> Result<Option<Role>, StoreError> {
        let role = self.query_opt(ROLE, &params![id], read_role)?;
        role.map(|role| self.with_grants(role)).transpose()
    }

    /// The role with this name.
    pub fn role_by_name(&mut self, name: &str) -> Result<Option<Role>, StoreError> {
        let role = self.query_opt(ROLE_BY_NAME, &params![name], read_role)?;
        role.map(|role| self.with_grants(role)).transpose()
    }

    fn with_grants(&mut self, mut role: Role) -> Result<Role, StoreError> {
        let grants = self.query(GRANTS, &params![role.id], read_grant)?;
        // A permission that this version does not know allows nothing.
        role.grants = grants.into_iter().flatten().collect();
        role.grants.sort_unstable();
        Ok(role)
    }

    /// Stores a new role and sets `role.id`.
    pub fn insert_role(&mut self, role: &mut Role) -> Result<(), StoreError> {
        role.id = self.query_one(INSERT_ROLE, &params![role.name.as_str()], |row| row.get(0))?;
        self.insert_grants(role)
    }

    /// Stores a changed role.
    pub fn save_role(&mut self, role: &Role) -> Result<(), StoreError> {
        self.put(RENAME_ROLE, &params![role.id, role.name.as_str()])?;
        self.put(DROP_GRANTS, &params![role.id])?;
        self.insert_grants(role)
    }

    fn insert_grants(&mut self, role: &Role) -> Result<(), StoreError> {
        if role.grants.is_empty() {
            return Ok(());
        }
        let rows: Vec<_> = role
            .grants
            .iter()
            .map(|grant| params![role.id, grant.permission.as_str(), grant.scope.as_str()].to_vec())
            .collect();
        self.insert_many(INSERT_GRANTS, &rows)
    }

    /// Takes a role away that nobody has.
    pub fn drop_role(&mut self, id: RoleId) -> Result<(), StoreError> {
        self.put(DROP_GRANTS, &params![id])?;
        self.put(DROP_ROLE, &params![id])
    }

    /// How many people have a role, those who left included.
    pub fn people_in_role(&mut self, id: RoleId) -> Result<i64, StoreError> {
        self.query_one(PEOPLE_IN, &params![id], |row| row.get(0))
    }
}

fn read_role(row: &Row<'_>) -> Result<Role, StoreError> {
    Ok(Role {
        id: row.get(0)?,
        name: row.get(1)?,
        grants: Vec::new(),
    })
}

fn read_grant(row: &Row<'_>) -> Result<Option<Grant>, StoreError> {
    let permission = Permission::parse(&row.get::<String>(0)?);
    let scope = Scope::parse(&row.get::<String>(1)?);
    Ok(permission
        .zip(scope)
        .map(|(permission, scope)| Grant { permission, scope }))
}
