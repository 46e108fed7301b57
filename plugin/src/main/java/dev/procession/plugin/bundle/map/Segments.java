package dev.procession.plugin.bundle.map;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The segments of a source map, decoded: for each where it begins, and what it stands for. In ascending order of lines
 * and columns.
 */
public final class Segments implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int FIELDS = 6;

    private int[] fields = new int[FIELDS * 256];
    private int size;

    /** Adds one. With {@code source} -1 the place comes from no source; with {@code name} -1 it has no name. */
    public void add(int line, int column, int source, int sourceLine, int sourceColumn, int name) {
        int at = size * FIELDS;
        if (at == fields.length) {
            fields = Arrays.copyOf(fields, 2 * fields.length);
        }
        fields[at] = line;
        fields[at + 1] = column;
        fields[at + 2] = source;
        fields[at + 3] = sourceLine;
        fields[at + 4] = sourceColumn;
        fields[at + 5] = name;
        size++;
    }

    public int size() {
        return size;
    }

    public int line(int index) {
        return fields[index * FIELDS];
    }

    public int column(int index) {
        return fields[index * FIELDS + 1];
    }

    public int source(int index) {
        return fields[index * FIELDS + 2];
    }

    public int sourceLine(int index) {
        return fields[index * FIELDS + 3];
    }

    public int sourceColumn(int index) {
        return fields[index * FIELDS + 4];
    }

    public int name(int index) {
        return fields[index * FIELDS + 5];
    }

    /** The last segment of a line that begins at a column or before it; -1 when there is none. */
    public int find(int line, int column) {
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (line(middle) < line || (line(middle) == line && column(middle) <= column)) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high >= 0 && line(high) == line ? high : -1;
    }

    boolean isAscending() {
        for (int i = 1; i < size; i++) {
            if (line(i) < line(i - 1) || (line(i) == line(i - 1) && column(i) < column(i - 1))) {
                return false;
            }
        }
        return true;
    }
}
