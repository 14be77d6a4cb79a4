package org.resilientmail.agent.core;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Class files with other names in their constant pool, where every name stands: of classes, in descriptors and in
 * signatures. The rest of the file speaks of them by number and stays as it is, which makes this so much cheaper than
 * reading and writing all of it. The names given are of packages or classes with slashes: none of our texts has one.
 */
final class Renamed {

    private static final int UTF8 = 1;

    /** Where the number of constants stands: behind magic number and version. */
    private static final int COUNT = 8;

    /** No name that is moved is shorter: {@code jakarta/mail/}. Most constants are. */
    private static final int SHORTEST = 13;

    private Renamed() {}

    /** The class file with each key that occurs in a name replaced by its value. */
    static byte[] names(byte[] classFile, Map<String, String> names) {
        ByteBuffer in = ByteBuffer.wrap(classFile);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(classFile.length + 64);
        int copied = 0;
        int count = in.getChar(COUNT);
        in.position(COUNT + 2);
        for (int i = 1; i < count; i++) {
            int tag = in.get();
            if (tag == UTF8) {
                int start = in.position();
                int length = in.getChar();
                in.position(start + 2 + length);
                byte[] moved = replaced(classFile, start + 2, length, names);
                if (moved != null) {
                    bytes.write(classFile, copied, start - copied);
                    bytes.write(moved.length >>> 8);
                    bytes.write(moved.length);
                    bytes.write(moved, 0, moved.length);
                    copied = start + 2 + length;
                }
            } else {
                int length = lengthOf(tag);
                in.position(in.position() + length);
                i += length == 8 ? 1 : 0; // JVMS 4.4.5: it takes two numbers
            }
        }
        bytes.write(classFile, copied, classFile.length - copied);
        return bytes.toByteArray();
    }

    /** The lengths of constants without their tags (JVMS 4.4). */
    private static int lengthOf(int tag) {
        return switch (tag) {
            case 3, 4, 9, 10, 11, 12, 17, 18 -> 4; // numbers, members, names and types, dynamic ones
            case 5, 6 -> 8; // long, double
            case 7, 8, 16, 19, 20 -> 2; // classes, strings, method types, modules, packages
            case 15 -> 3; // method handles
            default -> throw new IllegalArgumentException("no constant of a class file has the tag " + tag);
        };
    }

    /** What the constant becomes, {@code null} if it stays; byte by byte, so that what is not ASCII is not touched. */
    private static byte[] replaced(byte[] classFile, int from, int length, Map<String, String> names) {
        if (length < SHORTEST) {
            return null;
        }
        String before = new String(classFile, from, length, StandardCharsets.ISO_8859_1);
        if (before.indexOf('/') < 0) {
            return null;
        }
        String after = before;
        for (Map.Entry<String, String> name : names.entrySet()) {
            after = after.replace(name.getKey(), name.getValue());
        }
        return after.equals(before) ? null : after.getBytes(StandardCharsets.ISO_8859_1);
    }
}
