//! Measuring Rust source.
//!
//! Owns: parsing, what counts as a test. Must not know: which size is too large.

use std::collections::BTreeSet;

use anyhow::Result;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Attribute, Block, Meta, Signature};

use super::{Kind, Measurement};

/// What one file holds.
pub(crate) struct Measured {
    pub(crate) sizes: Vec<Measurement>,
    /// Lines of test modules inside the file, which the file's own size leaves out.
    pub(crate) test_lines: usize,
}

/// Measures the file `path` with the text `source`.
pub(crate) fn rust(path: &str, source: &str) -> Result<Measured> {
    let file = syn::parse_file(source)?;
    let mut ruler = Ruler {
        path,
        sizes: Vec::new(),
        test_lines: BTreeSet::new(),
    };
    ruler.visit_file(&file);
    let test_lines = ruler.test_lines.len();
    let mut sizes = ruler.sizes;
    sizes.push(Measurement {
        kind: Kind::File,
        path: path.to_owned(),
        name: String::new(),
        size: source.lines().count().saturating_sub(test_lines),
    });
    Ok(Measured { sizes, test_lines })
}

struct Ruler<'a> {
    path: &'a str,
    sizes: Vec<Measurement>,
    test_lines: BTreeSet<usize>,
}

impl Ruler<'_> {
    fn measure(&mut self, signature: &Signature, block: &Block) {
        let first = signature.span().start().line;
        let last = block.span().end().line;
        let arguments = signature.inputs.len() - usize::from(signature.receiver().is_some());
        for (kind, size) in [
            (Kind::Function, last - first + 1),
            (Kind::Arguments, arguments),
        ] {
            self.sizes.push(Measurement {
                kind,
                path: self.path.to_owned(),
                name: signature.ident.to_string(),
                size,
            });
        }
    }

    /// Notes the lines of an item that exists in tests only.
    fn set_aside(&mut self, attributes: &[Attribute], item: &impl Spanned) -> bool {
        let is_test = attributes.iter().any(is_test_attribute);
        if is_test {
            let span = item.span();
            self.test_lines.extend(span.start().line..=span.end().line);
        }
        is_test
    }
}

impl<'ast> Visit<'ast> for Ruler<'_> {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        if !self.set_aside(&item.attrs, item) {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        if !self.set_aside(&item.attrs, item) {
            visit::visit_item_impl(self, item);
        }
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        if !self.set_aside(&item.attrs, item) {
            self.measure(&item.sig, &item.block);
            visit::visit_item_fn(self, item);
        }
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        if !self.set_aside(&item.attrs, item) {
            self.measure(&item.sig, &item.block);
            visit::visit_impl_item_fn(self, item);
        }
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        if let Some(block) = &item.default {
            self.measure(&item.sig, block);
        }
        visit::visit_trait_item_fn(self, item);
    }
}

/// `#[cfg(test)]`, `#[test]`, `#[tokio::test]`.
fn is_test_attribute(attribute: &Attribute) -> bool {
    let path = attribute.path();
    if path
        .segments
        .last()
        .is_some_and(|last| last.ident == "test")
    {
        return true;
    }
    match &attribute.meta {
        Meta::List(list) if path.is_ident("cfg") => list.tokens.to_string() == "test",
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(source: &str, kind: Kind) -> Vec<(String, usize)> {
        let measured = rust("a.rs", source).unwrap();
        let of_kind = measured.sizes.into_iter().filter(|size| size.kind == kind);
        of_kind.map(|size| (size.name, size.size)).collect()
    }

    #[test]
    fn a_function_is_measured_from_signature_to_brace() {
        let source = "/// Long.\n#[inline]\nfn long(\n    a: u8,\n) {\n    drop(a);\n}\n";
        assert_eq!(
            sizes(source, Kind::Function),
            [("long".to_owned(), 5)],
            "documentation and attributes cost nothing"
        );
    }

    #[test]
    fn the_receiver_is_no_argument() {
        let source = "impl A { fn take(&self, a: u8, b: u8) {} }";
        assert_eq!(sizes(source, Kind::Arguments), [("take".to_owned(), 2)]);
    }

    #[test]
    fn tests_do_not_count() {
        let source = "fn one() {}\n#[cfg(test)]\nmod tests {\n    fn helper() {}\n}\n";
        let measured = rust("a.rs", source).unwrap();
        assert_eq!(measured.test_lines, 4);
        assert_eq!(sizes(source, Kind::File), [(String::new(), 1)]);
        assert_eq!(sizes(source, Kind::Function), [("one".to_owned(), 1)]);
    }

    #[test]
    fn a_function_inside_a_module_is_found() {
        let source = "mod inner {\n    fn deep() {\n    }\n}";
        assert_eq!(sizes(source, Kind::Function), [("deep".to_owned(), 2)]);
    }
}
