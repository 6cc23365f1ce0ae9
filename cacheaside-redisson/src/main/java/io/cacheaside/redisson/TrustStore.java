package io.cacheaside.redisson;

import io.cacheaside.error.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * The certificates, or their issuers, that a server may show with TLS.
 *
 * @param location of a PKCS#12 or JKS file
 * @param password of the file, null for none
 */
public record TrustStore(URL location, @Nullable String password) {

    /**
     * What decides whether a certificate is trusted.
     *
     * @throws ConfigurationException where the file cannot be read, naming {@code cacheaside.redis.trust-store}
     */
    TrustManagerFactory managers() {
        char[] secret = password == null ? null : password.toCharArray();
        try (InputStream in = location.openStream()) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(in, secret);
            if (store.size() == 0) {
                throw problem(
                        "holds no certificate that can be read; is cacheaside.redis.trust-store-password missing?");
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory;
        } catch (IOException | GeneralSecurityException e) {
            throw problem("cannot be read: " + RedisLink.cause(e));
        }
    }

    private ConfigurationException problem(String what) {
        return new ConfigurationException("cacheaside.redis.trust-store = '" + location + "' " + what);
    }

    /** Names the file without its password. */
    @Override
    public String toString() {
        return "TrustStore[" + location + "]";
    }
}
