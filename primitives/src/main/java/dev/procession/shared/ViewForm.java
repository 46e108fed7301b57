package dev.procession.shared;

import java.io.Serializable;

/**
 * A handle of a region or of a part of one as it travels.
 *
 * @param region the region
 * @param kind what it becomes
 * @param base the first byte that it is about
 * @param length the number of its elements
 */
record ViewForm(Region.Form region, ViewKind kind, int base, int length) implements Serializable {
    Object readResolve() {
        Region arrived = region.arrive();
        // Not a method reference in each constant: the first use in a fresh JVM would make 18 classes.
        return switch (kind) {
            case BYTE -> new ByteCell(arrived, base, false);
            case SHORT -> new ShortCell(arrived, base, false);
            case CHAR -> new CharCell(arrived, base, false);
            case INT -> new IntCell(arrived, base, false);
            case LONG -> new LongCell(arrived, base, false);
            case FLOAT -> new FloatCell(arrived, base, false);
            case DOUBLE -> new DoubleCell(arrived, base, false);
            case BOOLEAN -> new BooleanCell(arrived, base, false);
            case BYTES -> new SharedBytes(arrived, base, length, false);
            case SHORTS -> new SharedShortArray(arrived, base, length, false);
            case CHARS -> new SharedCharArray(arrived, base, length, false);
            case INTS -> new SharedIntArray(arrived, base, length, false);
            case LONGS -> new SharedLongArray(arrived, base, length, false);
            case FLOATS -> new SharedFloatArray(arrived, base, length, false);
            case DOUBLES -> new SharedDoubleArray(arrived, base, length, false);
            case BOOLEANS -> new SharedBooleanArray(arrived, base, length, false);
            case RECORD -> new SharedRecord(arrived, SharedRecord.layoutOf(arrived), base, false);
            case RECORDS -> new SharedRecordArray(arrived, SharedRecord.layoutOf(arrived), base, length, false);
        };
    }
}
