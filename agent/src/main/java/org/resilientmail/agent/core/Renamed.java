package org.resilientmail.agent.core;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
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

    private Renamed() {}

    /** The class file with each key that occurs in a name replaced by its value. */
    static byte[] names(byte[] classFile, Map<String, String> names) {
        ByteBuffer in = ByteBuffer.wrap(classFile);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(classFile.length + 64);
        DataOutputStream out = new DataOutputStream(bytes);
        try {
            out.writeLong(in.getLong()); // magic number and version
            int count = in.getChar();
            out.writeChar(count);
            for (int i = 1; i < count; i++) {
                int tag = in.get();
                out.writeByte(tag);
                if (tag == UTF8) {
                    byte[] text = new byte[in.getChar()];
                    in.get(text);
                    byte[] moved = replaced(text, names);
                    out.writeChar(moved.length);
                    out.write(moved);
                } else {
                    int length = lengthOf(tag);
                    out.write(classFile, in.position(), length);
                    in.position(in.position() + length);
                    i += length == 8 ? 1 : 0; // JVMS 4.4.5: it takes two numbers
                }
            }
            out.write(classFile, in.position(), in.remaining());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    /** Byte by byte as characters, so that what is not ASCII stays what it was. */
    private static byte[] replaced(byte[] text, Map<String, String> names) {
        String before = new String(text, StandardCharsets.ISO_8859_1);
        String after = before;
        for (Map.Entry<String, String> name : names.entrySet()) {
            after = after.replace(name.getKey(), name.getValue());
        }
        return after.equals(before) ? text : after.getBytes(StandardCharsets.ISO_8859_1);
    }
}
