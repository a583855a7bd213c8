//! Balance, and variances that must come out exactly.

use super::*;
use crate::{Files, Names, Table, Terms};

fn pairs() -> Table {
    let csv = b"stratum,unit,w,y,x\n1,1,1,25,120\n1,2,1,24,78\n2,1,1,30,185\n2,2,1,49,228\n\
        3,1,1,80,670\n3,2,1,70,530\n";
    Table::read(&csv[..], |_| true).unwrap()
}

fn plan(method: Option<Method>) -> Plan {
    Plan {
        ids: Names(vec!["unit".into()]),
        strata: Names(vec!["stratum".into()]),
        weights: Some("w".into()),
        nest: true,
        replicates: method,
        ..Plan::default()
    }
}

fn total_variance(plan: &Plan, table: &Table) -> f64 {
    let design = Design::new(plan, table, Files::default()).unwrap();
    let total = design.whole().total(&Terms::of(table, &["y"]).unwrap()).unwrap();
    total.covariance.at(0, 0)
}

/// Balanced halves give the squares of the differences within pairs exactly, whatever Fay's factor.
#[test]
fn balanced_halves_of_a_total_are_the_squared_differences() {
    let exact = 1.0 + 19.0 * 19.0 + 100.0;
    let table = pairs();
    assert!((total_variance(&plan(Some(Method::BRR)), &table) - exact).abs() < 1e-9);
    for rho in [0.0, 0.3, 0.5, 0.9] {
        let plan = Plan { rho: Some(rho), ..plan(Some(Method::Fay)) };
        assert!((total_variance(&plan, &table) - exact).abs() < 1e-9);
    }
}

/// R 4.2.2, survey 4.1-1: `as.svrepdesign(type = "Fay", fay.rho = 0.3)`, then `svyratio`; BRR
/// likewise.
#[test]
fn ratios_by_fay_and_halves_are_those_of_r() {
    let table = pairs();
    let known = [(Method::Fay, FAY), (Method::BRR, BRR)];
    for (method, error) in known {
        let plan = Plan { rho: Some(0.3), ..plan(Some(method)) };
        let design = Design::new(&plan, &table, Files::default()).unwrap();
        let (y, x) = (table.numbers("y").unwrap(), table.numbers("x").unwrap());
        let ratio = design.whole().ratio(y, x).unwrap();
        assert!((ratio.errors()[0] - error).abs() < 1e-12, "{}", ratio.errors()[0]);
    }
}

const FAY: f64 = 0.009_525_187_477_705_237;
const BRR: f64 = 0.009_418_400_669_918_494;

/// With two units a stratum the bootstrap takes one of each pair: over all its halves, and so
/// over many replicates, the variance is that of the design.
#[test]
fn the_bootstrap_comes_near_the_design() {
    let table = pairs();
    let exact = total_variance(&plan(None), &table);
    let made = Plan { seed: Some(11), n_replicates: Some(40_000), ..plan(Some(Method::Bootstrap)) };
    let drawn = total_variance(&made, &table);
    assert!((drawn / exact - 1.0).abs() < 0.03, "{drawn} is not near {exact}");
    let again = total_variance(&made, &table);
    assert_eq!(drawn, again);
}

#[test]
fn the_jackknife_of_a_total_is_the_design_s_variance() {
    let table = pairs();
    let exact = total_variance(&plan(None), &table);
    assert!((total_variance(&plan(Some(Method::JKn)), &table) - exact).abs() < 1e-9);
}
