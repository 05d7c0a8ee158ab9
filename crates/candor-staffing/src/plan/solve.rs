//! The solver, behind one small door.
//!
//! Owns: building a program and solving it. Must not know: what its numbers mean.

use crate::StaffingError;
use good_lp::solvers::{SolutionStatus, WithTimeLimit};
use good_lp::{
    Constraint, Expression, ProblemVariables, ResolutionError, Solution, SolverModel, Variable,
    microlp, variable,
};

/// After so many seconds the best plan found so far is the answer. It then says that it is not
/// known to be the best.
const PATIENCE_SECONDS: f64 = 10.0;

/// A program that is being built: a cost to be made small under constraints.
#[derive(Default)]
pub(super) struct Program {
    variables: ProblemVariables,
    cost: Expression,
    constraints: Vec<Constraint>,
}

/// Values of the variables.
pub(super) struct Solved {
    values: Box<dyn Fn(Variable) -> f64>,
    /// Whether nothing is cheaper.
    pub(super) optimal: bool,
}

impl Program {
    /// A whole number from 0 to `most`, each costing so much.
    pub(super) fn whole(&mut self, most: f64, cost: f64) -> Variable {
        self.add(cost, most, true)
    }

    /// Any number from 0 up.
    pub(super) fn real(&mut self, cost: f64) -> Variable {
        self.add(cost, f64::INFINITY, false)
    }

    fn add(&mut self, cost: f64, most: f64, whole: bool) -> Variable {
        let definition = variable().min(0.0).max(most);
        let definition = if whole {
            definition.integer()
        } else {
            definition
        };
        let added = self.variables.add(definition);
        self.cost.add_mul(cost, added);
        added
    }

    /// The sum must be at least so much.
    pub(super) fn at_least(&mut self, sum: impl IntoIterator<Item = (f64, Variable)>, least: f64) {
        self.constraints.push(total(sum).geq(least));
    }

    /// The sum must be at most so much.
    pub(super) fn at_most(&mut self, sum: impl IntoIterator<Item = (f64, Variable)>, most: f64) {
        self.constraints.push(total(sum).leq(most));
    }

    /// Solves it; `None` when the constraints contradict each other.
    pub(super) fn solve(self) -> Result<Option<Solved>, StaffingError> {
        self.solve_within(PATIENCE_SECONDS)
    }

    /// The same, with the best found after so many seconds.
    pub(super) fn solve_within(self, seconds: f64) -> Result<Option<Solved>, StaffingError> {
        let model = self.variables.minimise(self.cost).using(microlp);
        let mut model = model.with_time_limit(seconds);
        for constraint in self.constraints {
            model.add_constraint(constraint);
        }
        match model.solve() {
            Ok(solution) => Ok(Some(Solved {
                optimal: matches!(solution.status(), SolutionStatus::Optimal),
                values: Box::new(move |variable| solution.value(variable)),
            })),
            Err(ResolutionError::Infeasible) => Ok(None),
            Err(error) => Err(StaffingError::NoPlanInTime {
                seconds,
                reason: error.to_string(),
            }),
        }
    }
}

fn total(sum: impl IntoIterator<Item = (f64, Variable)>) -> Expression {
    let mut expression = Expression::default();
    for (factor, variable) in sum {
        expression.add_mul(factor, variable);
    }
    expression
}

impl Solved {
    /// The value of a variable.
    pub(super) fn value(&self, variable: Variable) -> f64 {
        (self.values)(variable)
    }

    /// The value of a whole-number variable.
    pub(super) fn count(&self, variable: Variable) -> u32 {
        self.value(variable).round().max(0.0) as u32
    }
}
