package io.cacheaside.redisson;

import static io.cacheaside.test.Await.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheaside.error.ConfigurationException;
import io.cacheaside.test.EmbeddedRedis;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Redis that speaks TLS with a certificate that only a trust store of our own knows. */
class TlsTest extends OwnRedis {

    private static final String SECRET = "geheim";

    @TempDir
    private static Path directory;

    private final ToldLog log = closing(new ToldLog());

    @BeforeAll
    static void makeCertificate() throws Exception {
        Path store = directory.resolve("own.p12");
        keytool(
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=cacheaside",
                "-ext",
                "SAN=IP:127.0.0.1",
                "-keystore",
                store);
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, SECRET.toCharArray());
        }
        pem("key.pem", "PRIVATE KEY", keys.getKey("mykey", SECRET.toCharArray()).getEncoded());
        pem("cert.pem", "CERTIFICATE", keys.getCertificate("mykey").getEncoded());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("redis", keys.getCertificate("mykey"));
        try (var out = Files.newOutputStream(directory.resolve("trusted.p12"))) {
            trusted.store(out, SECRET.toCharArray());
        }
    }

    private static void keytool(Object... words) throws Exception {
        String[] command = new String[words.length + 5];
        command[0] = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        for (int i = 0; i < words.length; i++) {
            command[i + 1] = words[i].toString();
        }
        System.arraycopy(new String[] {"-storepass", SECRET, "-alias", "mykey"}, 0, command, words.length + 1, 4);
        Process keytool = new ProcessBuilder(command).inheritIO().start();
        assertThat(keytool.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(keytool.exitValue()).isZero();
    }

    private static void pem(String file, String what, byte[] bytes) throws Exception {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        Files.writeString(
                directory.resolve(file), "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
    }

    @Test
    void trustStoreOfOurOwn_isUsed() throws Exception {
        RedissonSlots slots = slots(settings().withTrustStore(new TrustStore(trusted(), SECRET)), PATIENT);
        put(slots, "own:k", "value");
        assertThat(stored(slots.store(), "own:k")).isEqualTo("value");
        await("the subscription works", () -> isReliable(slots));
    }

    @Test
    void certificateThatNobodyTrusts_isToldOnce() {
        RedissonSlots slots = slots(settings(), RedissonPolicy.DEFAULTS);
        await("it is told", () -> log.warnsOf("cacheaside.redis.trust-store"));
        assertThat(fails(slots.store().get("own:k"))).isTrue();
        assertThat(log.warnings().stream().filter(warning -> warning.contains("cacheaside.redis.trust-store")))
                .singleElement()
                .asString()
                .contains("rediss://127.0.0.1", "does not serve");
    }

    @Test
    void wrongPasswordOfTheTrustStore_isRefusedNamingTheFile() throws Exception {
        RedissonSettings settings = settings().withTrustStore(new TrustStore(trusted(), "falsch"));
        assertThatThrownBy(() -> RedissonClients.create(settings))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("cacheaside.redis.trust-store = 'file:")
                .hasMessageContaining("cannot be read")
                .hasMessageNotContaining("falsch");
        assertThat(settings.toString() + settings.trustStore()).doesNotContain("falsch");
    }

    private static URL trusted() throws MalformedURLException {
        return directory.resolve("trusted.p12").toUri().toURL();
    }

    private RedissonSettings settings() {
        EmbeddedRedis redis = closing(EmbeddedRedis.start());
        int port = EmbeddedRedis.stopped().port();
        for (String[] setting : new String[][] {
            {"tls-key-file", directory.resolve("key.pem").toString()},
            {"tls-cert-file", directory.resolve("cert.pem").toString()},
            {"tls-ca-cert-file", directory.resolve("cert.pem").toString()},
            {"tls-auth-clients", "no"},
            {"tls-port", "" + port}
        }) {
            redis.command("CONFIG", "SET", setting[0], setting[1]);
        }
        return RedissonSettings.of("rediss://127.0.0.1:" + port);
    }
}
