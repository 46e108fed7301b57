package dev.procession.plugin.bundle.map;

/** The numbers of a source map's {@code mappings}: sign in the lowest bit, then base64 digits of 5 bits each (ECMA-426). */
public final class Vlq {
    private static final byte[] DIGITS = {
        'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O', 'P', 'Q', 'R', 'S', 'T', 'U', 'V',
                'W', 'X', 'Y',
        'Z', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u',
                'v', 'w', 'x',
        'y', 'z', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '+', '/'
    };

    /** An int never needs more digits: 32 bits and the sign, 5 to a digit. */
    public static final int LONGEST = 7;

    private static final byte[] VALUES = values();

    private Vlq() {}

    private static byte[] values() {
        byte[] values = new byte[128];
        java.util.Arrays.fill(values, (byte) -1);
        for (int i = 0; i < DIGITS.length; i++) {
            values[DIGITS[i]] = (byte) i;
        }
        return values;
    }

    /** What a digit stands for, or -1 when it is none. */
    static int digit(char c) {
        return c < 128 ? VALUES[c] : -1;
    }

    /** Writes {@code value} at {@code at} and returns where the next number goes. */
    public static int put(byte[] target, int at, int value) {
        long rest = value < 0 ? (-(long) value << 1) | 1 : (long) value << 1;
        int next = at;
        while (rest > 31) {
            target[next++] = DIGITS[(int) (rest & 31) | 32];
            rest >>>= 5;
        }
        target[next++] = DIGITS[(int) rest];
        return next;
    }
}
