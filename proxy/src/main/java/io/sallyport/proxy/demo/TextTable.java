package io.sallyport.proxy.demo;

import java.util.List;
import java.util.StringJoiner;

/** Rows as psql aligns them; a narrow result stands, a wide one lies record by record (psql's {@code \x auto}). */
final class TextTable {
    private static final int SCREEN = 110;

    private TextTable() {}

    static String render(Answer.Rows rows) {
        int[] widths = widths(rows);
        int total = widths.length == 0 ? 0 : 3 * (widths.length - 1);
        for (int width : widths) {
            total += width;
        }
        String count = "(" + rows.values().size() + (rows.values().size() == 1 ? " row)" : " rows)");
        return (total <= SCREEN ? aligned(rows, widths) : expanded(rows)) + "\n" + count;
    }

    private static String aligned(Answer.Rows rows, int[] widths) {
        StringJoiner lines = new StringJoiner("\n");
        lines.add(line(rows.columns(), widths));
        StringJoiner rule = new StringJoiner("-+-", "-", "-");
        for (int width : widths) {
            rule.add("-".repeat(width));
        }
        lines.add(rule.toString());
        rows.values().forEach(row -> lines.add(line(row, widths)));
        return lines.toString();
    }

    private static String line(List<String> cells, int[] widths) {
        StringJoiner line = new StringJoiner(" | ", " ", "");
        for (int i = 0; i < widths.length; i++) {
            line.add(cells.get(i) + " ".repeat(widths[i] - cells.get(i).length()));
        }
        return line.toString().stripTrailing();
    }

    private static String expanded(Answer.Rows rows) {
        int name = rows.columns().stream().mapToInt(String::length).max().orElse(0);
        StringJoiner lines = new StringJoiner("\n");
        for (int i = 0; i < rows.values().size(); i++) {
            lines.add("-[ record " + (i + 1) + " ]");
            for (int c = 0; c < rows.columns().size(); c++) {
                String column = rows.columns().get(c);
                String cell = rows.values().get(i).get(c);
                lines.add(column + " ".repeat(name - column.length()) + " | "
                        + cell.replace("\n", "\n" + " ".repeat(name) + " | "));
            }
        }
        return lines.toString();
    }

    private static int[] widths(Answer.Rows rows) {
        int[] widths = rows.columns().stream().mapToInt(String::length).toArray();
        for (List<String> row : rows.values()) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return widths;
    }
}
