package io.cacheaside.verification.decoder;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes hostile bytes of good ones: small damage, absurd numbers, foreign formats, pieces of other values. */
final class Mutator {

    private static final int LARGEST = 70_000;
    private static final int[] NUMBERS = {
        0, 1, 2, 3, 127, 128, 255, 256, 16_383, 16_384, 65_535, 1 << 20, Integer.MAX_VALUE - 8, Integer.MAX_VALUE, -1
    };

    private final Random random;
    private final List<byte[]> pieces;

    /** A mutator that takes pieces of {@code good} values. */
    Mutator(Random random, List<byte[]> good) {
        this.random = random;
        this.pieces = new ArrayList<>(good);
        pieces.addAll(foreign());
    }

    /** What other codecs write, and what names a class that must not be made. */
    static List<byte[]> foreign() {
        String gadget = Gadget.class.getName() + "$Bystander";
        return List.of(
                javaSerialized(new Gadget()),
                javaSerialized(new ArrayList<>(List.of("gadget"))),
                ("[\"" + gadget + "\",{\"a\":1}]").getBytes(StandardCharsets.UTF_8),
                ("{\"@class\":\"" + gadget + "\"}").getBytes(StandardCharsets.UTF_8),
                named(gadget),
                named("java.lang.ProcessBuilder"),
                named("javax.script.ScriptEngineManager"),
                named("io.cacheaside.verification.decoder.specimens.Part"),
                named("io.cacheaside.verification.decoder.specimens.Absent"),
                repeated(1, 5_000),
                repeated(0xff, 64));
    }

    /** A class by its name, as the codec writes those of allowed packages. */
    private static byte[] named(String type) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(1);
        varInt(bytes, type.length() << 2);
        bytes.writeBytes(type.getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(new byte[8]);
        return bytes.toByteArray();
    }

    private static byte[] repeated(int value, int times) {
        byte[] bytes = new byte[times];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static byte[] javaSerialized(Object value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** {@code good} with one to four changes. */
    byte[] mutated(byte[] good) {
        byte[] bytes = good;
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            bytes = changed(bytes);
        }
        return bytes.length > LARGEST ? Arrays.copyOf(bytes, LARGEST) : bytes;
    }

    private byte[] changed(byte[] bytes) {
        int at = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
        int to = at + random.nextInt(bytes.length - at + 1);
        return switch (random.nextInt(10)) {
            case 0, 1 -> withByte(bytes, at, (byte) (at < bytes.length ? bytes[at] ^ 1 << random.nextInt(8) : 0));
            case 2, 3 -> withByte(bytes, at, (byte) random.nextInt(256));
            case 4 -> Arrays.copyOf(bytes, at);
            case 5 -> replaced(bytes, at, to, new byte[0]);
            case 6 -> replaced(bytes, at, at, Arrays.copyOfRange(bytes, at, to));
            case 7 -> replaced(bytes, at, Math.min(bytes.length, at + random.nextInt(6)), number());
            case 8 -> replaced(bytes, at, to, piece());
            default -> random.nextInt(50) == 0 ? repeated(random.nextInt(256), random.nextInt(LARGEST)) : piece();
        };
    }

    private static byte[] withByte(byte[] bytes, int at, byte value) {
        if (at >= bytes.length) {
            return bytes;
        }
        byte[] copy = bytes.clone();
        copy[at] = value;
        return copy;
    }

    private byte[] piece() {
        byte[] whole = pieces.get(random.nextInt(pieces.size()));
        int from = random.nextBoolean() ? 0 : random.nextInt(whole.length);
        return Arrays.copyOfRange(whole, from, from + 1 + random.nextInt(whole.length - from));
    }

    private byte[] number() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        varInt(bytes, NUMBERS[random.nextInt(NUMBERS.length)]);
        return bytes.toByteArray();
    }

    private static void varInt(ByteArrayOutputStream bytes, int value) {
        int rest = value;
        while ((rest & ~0x7f) != 0) {
            bytes.write(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        bytes.write(rest);
    }

    private static byte[] replaced(byte[] bytes, int from, int to, byte[] piece) {
        byte[] result = new byte[bytes.length - (to - from) + piece.length];
        System.arraycopy(bytes, 0, result, 0, from);
        System.arraycopy(piece, 0, result, from, piece.length);
        System.arraycopy(bytes, to, result, from + piece.length, bytes.length - to);
        return result;
    }
}
