//! Writing HTML so that no text can become markup.

/// A page being written.
#[derive(Default)]
pub struct Html(String);

/// The body of a table being written.
pub struct Rows<'a>(&'a mut Html);

/// A row being written.
pub struct Cells<'a>(&'a mut Html);

impl Html {
    /// Markup of ours.
    pub fn raw(&mut self, markup: &str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// Text, escaped for content and for attributes in double quotes.
    pub fn text(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                c => self.0.push(c),
            }
        }
        self
    }

    /// An element with text in it.
    pub fn element(&mut self, name: &str, id: &str, text: &str) -> &mut Self {
        self.raw("<").raw(name);
        if !id.is_empty() {
            self.raw(" id=\"").text(id).raw("\"");
        }
        self.raw(">").text(text).raw("</").raw(name).raw(">")
    }

    /// An element with words of the description, which are English on any page.
    pub fn english(&mut self, name: &str, id: &str, text: &str) -> &mut Self {
        self.raw("<").raw(name).raw(" lang=\"en\"");
        if !id.is_empty() {
            self.raw(" id=\"").text(id).raw("\"");
        }
        self.raw(">").text(text).raw("</").raw(name).raw(">")
    }

    /// The same, where parts between backquotes are code.
    pub fn prose(&mut self, name: &str, text: &str) -> &mut Self {
        self.raw("<").raw(name).raw(" lang=\"en\">");
        for (index, part) in text.split('`').enumerate() {
            if index % 2 == 1 {
                self.element("code", "", part);
            } else {
                self.text(part);
            }
        }
        self.raw("</").raw(name).raw(">")
    }

    /// A table that scrolls by itself when it is wider than the page.
    pub fn table(&mut self, heads: &[&str], body: impl FnOnce(&mut Rows<'_>)) -> &mut Self {
        self.raw("<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"")
            .text(heads[0])
            .raw("\">");
        self.raw("<table><thead><tr>");
        for head in heads {
            self.raw("<th scope=\"col\">").text(head).raw("</th>");
        }
        self.raw("</tr></thead><tbody>");
        body(&mut Rows(self));
        self.raw("</tbody></table></div>")
    }

    /// The whole page.
    pub fn finish(self) -> String {
        self.0
    }
}

impl Rows<'_> {
    /// One row.
    pub fn row(&mut self, cells: impl FnOnce(&mut Cells<'_>)) {
        self.0.raw("<tr>");
        cells(&mut Cells(self.0));
        self.0.raw("</tr>");
    }
}

impl Cells<'_> {
    pub fn plain(&mut self, text: &str) {
        self.0.element("td", "", text);
    }

    pub fn code(&mut self, text: &str) {
        self.0.raw("<td>").element("code", "", text).raw("</td>");
    }

    pub fn prose(&mut self, text: &str) {
        self.0.prose("td", text);
    }

    /// Markup that was made by a function here.
    pub fn html(&mut self, markup: &str) {
        self.0.raw("<td>").raw(markup).raw("</td>");
    }
}

#[cfg(test)]
mod tests {
    use super::Html;

    #[test]
    fn text_never_becomes_markup() {
        let mut html = Html::default();
        html.prose("p", "a `<b>` \"c\" & <script>");
        assert_eq!(
            html.finish(),
            "<p lang=\"en\">a <code>&lt;b&gt;</code> &quot;c&quot; &amp; &lt;script&gt;</p>"
        );
    }
}
