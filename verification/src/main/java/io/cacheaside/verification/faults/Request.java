package io.cacheaside.verification.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One request on its way to Redis.
 *
 * @param frame its bytes
 * @param name what it is for: one of the cache's steps ({@link #SCRIPTS}) by the script that it runs, else the command
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
record Request(byte[] frame, String name) {

    /** The steps of the protocol that are scripts. */
    static final Set<String> SCRIPTS = Set.of("ACQUIRE", "FILL", "RELEASE", "RENEW", "MARK", "INVALIDATE", "TAG");

    /** Those of a removal of many that find them. */
    static final Set<String> SWEEPS = Set.of("SCAN", "ZSCAN");

    private static final Map<String, String> BY_SHA1 =
            SCRIPTS.stream().collect(Collectors.toMap(name -> sha1(source(name)), Function.identity()));
    private static final Set<String> SUBSCRIBING =
            Set.of("SUBSCRIBE", "PSUBSCRIBE", "SSUBSCRIBE", "UNSUBSCRIBE", "PUNSUBSCRIBE", "SUNSUBSCRIBE");

    static Request of(byte[] frame) {
        List<String> words = words(new String(frame, StandardCharsets.ISO_8859_1));
        String command = words.get(0).toUpperCase(Locale.ROOT);
        String name = switch (command) {
            case "EVALSHA" -> BY_SHA1.getOrDefault(words.get(1), command);
            case "EVAL" -> BY_SHA1.getOrDefault(sha1(words.get(1).getBytes(StandardCharsets.ISO_8859_1)), command);
            default -> command;
        };
        return new Request(frame, name);
    }

    /** True where the connection gets messages from now on, which are no replies. */
    boolean subscribes() {
        return SUBSCRIBING.contains(name);
    }

    /** The first two words, which is all that the name is made of. */
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        if (!text.startsWith("*")) { // an inline command
            return Stream.of(text.split("\\s+", -1)).toList();
        }
        int at = text.indexOf('\n') + 1;
        while (words.size() < 2 && at < text.length()) {
            int from = text.indexOf('\n', at) + 1;
            int length = Integer.parseInt(text.substring(at + 1, from).strip());
            words.add(text.substring(from, from + length));
            at = from + length + 2;
        }
        return words;
    }

    private static byte[] source(String name) {
        String place = "/io/cacheaside/redisson/" + name.toLowerCase(Locale.ROOT) + ".lua";
        try (InputStream in = Request.class.getResourceAsStream(place)) {
            if (in == null) {
                throw new IllegalStateException("no " + place);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha1(byte[] source) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(source));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
