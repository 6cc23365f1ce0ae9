package io.cacheaside.key;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The form of rendered values and of whole keys.
 *
 * <ol>
 *   <li>A rendered value contains no {@code :}, so the colons of a key are those of the template and separate its values.
 *   <li>A {@code %} in a key is followed by two hexadecimal digits; only the short form of a long key contains
 *       {@code %~}. So a short form never equals an ordinary key.
 * </ol>
 */
final class KeyText {

    /** Longest key in bytes of UTF-8. */
    static final int LONGEST = 512;

    private static final int LONGEST_UTF8_CHAR = 3;
    private static final int DIGEST_BYTES = 24;
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private KeyText() {}

    /** {@code value} with what a key may not contain percent-encoded; the same object where there is nothing. */
    static String encode(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (isReserved(c) || Character.isSurrogate(c)) {
                return encodeFrom(value, i);
            }
        }
        return value;
    }

    /** {@code key} itself, or {@code head} with 192 bits of the key's SHA-256 where the key is too long. */
    static String bounded(String head, String key) {
        if (key.length() <= LONGEST / LONGEST_UTF8_CHAR) {
            return key;
        }
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= LONGEST ? key : head + "%~" + HexFormat.of().formatHex(sha256(bytes), 0, DIGEST_BYTES);
    }

    static boolean isReserved(char c) {
        return c < ' ' || c == '%' || c == ':' || c == '{' || c == '}' || (c >= 0x7f && c <= 0x9f);
    }

    private static String encodeFrom(String value, int first) {
        StringBuilder encoded = new StringBuilder(value.length() + 16).append(value, 0, first);
        for (int i = first; i < value.length(); i++) {
            char c = value.charAt(i);
            if (isReserved(c)) {
                escape(encoded, c);
            } else if (!Character.isSurrogate(c)) {
                encoded.append(c);
            } else if (isPair(value, i)) {
                encoded.append(c).append(value.charAt(++i));
            } else {
                // UTF-8 would turn every lone surrogate into the same '?'
                escapeWide(encoded, c);
            }
        }
        return encoded.toString();
    }

    private static boolean isPair(String value, int i) {
        return i + 1 < value.length() && Character.isSurrogatePair(value.charAt(i), value.charAt(i + 1));
    }

    /** The one or two bytes of {@code c} in UTF-8. */
    private static void escape(StringBuilder encoded, char c) {
        if (c < 0x80) {
            escapeByte(encoded, c);
        } else {
            escapeByte(encoded, 0xc0 | c >> 6);
            escapeByte(encoded, 0x80 | c & 0x3f);
        }
    }

    /** The three bytes that UTF-8 would have for {@code c} if it were a character; no other text is written so. */
    private static void escapeWide(StringBuilder encoded, char c) {
        escapeByte(encoded, 0xe0 | c >> 12);
        escapeByte(encoded, 0x80 | c >> 6 & 0x3f);
        escapeByte(encoded, 0x80 | c & 0x3f);
    }

    private static void escapeByte(StringBuilder encoded, int b) {
        HEX.toHexDigits(encoded.append('%'), (byte) b);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
