package io.cacheaside.entry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheaside.error.ConfigurationException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secrets that prove who wrote a frame: HMAC-SHA256 over the key and the whole frame, so that nobody without a secret
 * makes one, alters one or moves one to another key. An older frame of the same key, put back, stays valid.
 *
 * <p>The first secret writes, all read. Thread-safe; never shows a secret.
 */
public final class Seal {

    /** Bytes of a code. */
    static final int LENGTH = 32;

    private static final String ALGORITHM = "HmacSHA256";
    private static final int SHORTEST_SECRET = 32;
    private static final Seal NONE = new Seal(List.of());

    private final List<SecretKeySpec> secrets;

    private Seal(List<SecretKeySpec> secrets) {
        this.secrets = secrets;
    }

    /** Frames carry no code, and one that does is unreadable. */
    public static Seal none() {
        return NONE;
    }

    /**
     * Frames carry a code of {@code secret}, and without a valid one are unreadable.
     *
     * @throws ConfigurationException for less than 32 bytes in UTF-8; the message does not show them
     */
    public static Seal of(String secret) {
        return new Seal(List.of(checked(secret)));
    }

    /**
     * This seal, which also reads what {@code secret} has sealed: the one before, or the next one.
     *
     * @throws ConfigurationException as {@link #of}, and where this is {@link #none}
     */
    public Seal alsoReading(String secret) {
        if (!isOn()) {
            throw new ConfigurationException("a further secret reads beside one that writes, and there is none");
        }
        List<SecretKeySpec> all = new ArrayList<>(secrets);
        all.add(checked(secret));
        return new Seal(List.copyOf(all));
    }

    private static SecretKeySpec checked(String secret) {
        byte[] bytes = secret.getBytes(UTF_8);
        if (bytes.length < SHORTEST_SECRET) {
            throw new ConfigurationException("a secret needs at least " + SHORTEST_SECRET + " bytes, this one has "
                    + bytes.length + "; openssl rand -base64 32 makes one");
        }
        return new SecretKeySpec(bytes, ALGORITHM);
    }

    boolean isOn() {
        return !secrets.isEmpty();
    }

    /** Writes the code of {@code key} and of all before it to the end of {@code frame}. */
    void write(String key, byte[] frame) {
        int end = frame.length - LENGTH;
        System.arraycopy(code(secrets.get(0), key, frame, end), 0, frame, end, LENGTH);
    }

    /** True where {@code frame} ends with the code of {@code key} and of all before it, by any of the secrets. */
    boolean accepts(String key, byte[] frame) {
        int end = frame.length - LENGTH;
        byte[] found = new byte[LENGTH];
        System.arraycopy(frame, end, found, 0, LENGTH);
        for (SecretKeySpec secret : secrets) {
            if (MessageDigest.isEqual(code(secret, key, frame, end), found)) {
                return true;
            }
        }
        return false;
    }

    /** The key's length comes first: no other key and frame are the same bytes. */
    private static byte[] code(SecretKeySpec secret, String key, byte[] frame, int end) {
        try {
            byte[] name = key.getBytes(UTF_8);
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, name.length));
            mac.update(name);
            mac.update(frame, 0, end);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return isOn() ? "Seal[…]" : "Seal[none]";
    }
}
