//! HTML as a browser reads it: elements and attributes, never text that only
//! looks like some.

use std::cell::RefCell;

use html5ever::{
    tendril::StrTendril,
    tokenizer::{
        BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer,
        states::{Rawtext, Rcdata, ScriptData},
    },
};

/// One start tag and the text right behind it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub text: String,
}

impl Element {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    /// Its name and those of its attributes.
    pub fn shape(&self) -> String {
        let names: Vec<&str> = self.attributes.iter().map(|(name, _)| name.as_str()).collect();
        format!("<{} {}>", self.name, names.join(" "))
    }
}

/// Every element of a document, in order.
pub fn elements(html: &str) -> Vec<Element> {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    let tokenizer = Tokenizer::new(Sink::default(), Default::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.into_inner()
}

/// The value of the field that has this name, as a browser shows it.
pub fn value_of(html: &str, name: &str) -> Option<String> {
    let elements = elements(html);
    let field = elements.iter().find(|element| element.attribute("name") == Some(name))?;
    field.attribute("value").map(str::to_owned)
}

#[derive(Default)]
struct Sink(RefCell<Vec<Element>>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                let attributes = tag.attrs.iter();
                let element = Element {
                    name: tag.name.to_string(),
                    attributes: attributes
                        .map(|a| (a.name.local.to_string(), a.value.to_string()))
                        .collect(),
                    text: String::new(),
                };
                self.0.borrow_mut().push(element);
                return match &*tag.name {
                    "script" => TokenSinkResult::RawData(ScriptData),
                    "style" | "iframe" | "noscript" | "noembed" | "noframes" | "xmp" => {
                        TokenSinkResult::RawData(Rawtext)
                    }
                    "textarea" | "title" => TokenSinkResult::RawData(Rcdata),
                    _ => TokenSinkResult::Continue,
                };
            }
            Token::CharacterTokens(text) => {
                if let Some(element) = self.0.borrow_mut().last_mut() {
                    element.text.push_str(&text);
                }
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

#[test]
fn text_is_not_taken_for_elements() {
    let found = elements(
        "<title>&lt;b></title><p title='<i>'>a &lt;u&gt; <b onclick=x>c</b><script>'<s>'</script>",
    );
    let shapes: Vec<String> = found.iter().map(Element::shape).collect();
    assert_eq!(shapes, ["<title >", "<p title>", "<b onclick>", "<script >"]);
    assert_eq!((found[0].text.as_str(), found[1].text.as_str()), ("<b>", "a <u> "));
}
