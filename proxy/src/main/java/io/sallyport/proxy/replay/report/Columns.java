package io.sallyport.proxy.replay.report;

import java.util.ArrayList;
import java.util.List;

/** Lines of cells, aligned: the first column to the left, numbers to the right. */
final class Columns {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    void row(List<String> cells) {
        rows.add(List.copyOf(cells));
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                String cell = row.get(column);
                String padding = " ".repeat(width(column) - cell.length());
                line.append(column == 0 ? "" : GAP).append(isNumber(column) ? padding + cell : cell + padding);
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private int width(int column) {
        return rows.stream()
                .filter(row -> row.size() > column)
                .mapToInt(row -> row.get(column).length())
                .max()
                .orElse(0);
    }

    /** All below the heading are. */
    private boolean isNumber(int column) {
        return rows.stream()
                .skip(1)
                .allMatch(row -> row.size() <= column || row.get(column).matches("[0-9][0-9,.]*%?|-?"));
    }
}
