package org.digitstream.training.study;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A small document that is written twice: as HTML and as Markdown. */
final class ReportDocument {
  private static final String STYLE =
      "body{font:16px/1.5 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem;"
          + "color:#222}h1,h2{line-height:1.2}table{border-collapse:collapse;margin:1rem 0}"
          + "th,td{border:1px solid #ccc;padding:.3rem .6rem;text-align:left;vertical-align:top}"
          + "th{background:#f3f3f3}img{max-width:100%}figure{margin:1rem 0}"
          + "figcaption{color:#555;font-size:.9rem}";

  private final String title;
  private final List<String> html = new ArrayList<>();
  private final List<String> markdown = new ArrayList<>();

  ReportDocument(String title) {
    this.title = title;
    html.add("<h1>" + escaped(title) + "</h1>");
    markdown.add("# " + title);
  }

  void heading(String text) {
    html.add("<h2>" + escaped(text) + "</h2>");
    markdown.add("## " + text);
  }

  void paragraph(String text) {
    html.add("<p>" + escaped(text) + "</p>");
    markdown.add(text);
  }

  /** A table whose first row is its head. */
  void table(List<List<String>> rows) {
    StringBuilder table = new StringBuilder("<table>");
    StringBuilder lines = new StringBuilder();
    for (int row = 0; row < rows.size(); row++) {
      String cell = row == 0 ? "th" : "td";
      table.append("<tr>");
      for (String text : rows.get(row)) {
        table.append('<').append(cell).append('>').append(escaped(text));
        table.append("</").append(cell).append('>');
      }
      table.append("</tr>");
      lines.append("| ").append(String.join(" | ", rows.get(row))).append(" |\n");
      if (row == 0) {
        lines.append("|").append(" --- |".repeat(rows.get(0).size())).append('\n');
      }
    }
    html.add(table.append("</table>").toString());
    markdown.add(lines.toString().stripTrailing());
  }

  /** A picture with what it shows. */
  void picture(String file, String caption) {
    html.add(
        "<figure><img src=\""
            + file
            + "\" alt=\""
            + escaped(caption)
            + "\"><figcaption>"
            + escaped(caption)
            + "</figcaption></figure>");
    markdown.add("![" + caption + "](" + file + ")\n\n*" + caption + "*");
  }

  String html() {
    return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>"
        + escaped(title)
        + "</title><style>"
        + STYLE
        + "</style></head><body>\n"
        + String.join("\n", html)
        + "\n</body></html>\n";
  }

  String markdown() {
    return markdown.stream().collect(Collectors.joining("\n\n", "", "\n"));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
