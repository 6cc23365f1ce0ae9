package io.cacheaside.redisson;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The Lua scripts, each in a resource file of its name that tells KEYS, ARGV and the answer. */
enum Script {
    ACQUIRE,
    FILL,
    REPLACE,
    RELEASE,
    RENEW,
    MARK,
    INVALIDATE,
    TAG;

    private final String source;
    private final String sha1;

    Script() {
        String file = name().toLowerCase(java.util.Locale.ROOT) + ".lua";
        try (InputStream in = Script.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("resource io/cacheaside/redisson/" + file + " is missing");
            }
            byte[] bytes = in.readAllBytes();
            source = new String(bytes, StandardCharsets.UTF_8);
            sha1 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    String source() {
        return source;
    }

    /** Names the script to EVALSHA. */
    String sha1() {
        return sha1;
    }
}
