package io.cacheaside.boot;

import io.cacheaside.error.ConfigurationException;
import io.cacheaside.redisson.RedissonSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;

/**
 * Where the properties say that Redis is: {@code cacheaside.redis.*}, else {@code spring.data.redis.*}, else Boot's
 * default {@code localhost:6379}. Spring's properties are read by name, because the class that binds them is not the same
 * in Boot 3.5 and 4; a name means what it means there (a {@code url} wins over host, port, credentials and database).
 *
 * @param settings where, as the client's factory takes it
 * @param origin the properties that said so, for people
 */
record RedisSource(RedissonSettings settings, String origin) {

    private static final String SPRING = "spring.data.redis.";
    private static final List<String> NOT_SINGLE = List.of("cluster.nodes", "sentinel.master", "masterreplica.nodes");

    /**
     * The source for {@code own} and the environment behind {@code binder}.
     *
     * @throws ConfigurationException where the properties contradict each other or describe more than a single server
     */
    static RedisSource of(CacheAsideProperties.Redis own, Binder binder) {
        if (own.address() != null) {
            return new RedisSource(
                    new RedissonSettings(own.address(), own.username(), own.password(), own.database()),
                    "cacheaside.redis.address");
        }
        refuseWithoutAddress("username", own.username());
        refuseWithoutAddress("password", own.password());
        refuseWithoutAddress("database", own.database());
        return ofSpring(new Spring(binder));
    }

    private static void refuseWithoutAddress(String name, @Nullable Object value) {
        if (value != null) {
            throw new ConfigurationException("cacheaside.redis." + name + " is set and cacheaside.redis.address is not:"
                    + " set the address, or use spring.data.redis.* for all of it");
        }
    }

    private static RedisSource ofSpring(Spring spring) {
        NOT_SINGLE.forEach(spring::refuse);
        spring.refuse("ssl.bundle");
        String url = spring.text("url");
        if (url != null) {
            return new RedisSource(ofUrl(url), SPRING + "url");
        }
        String host = spring.text("host");
        String address = (spring.tls() ? "rediss://" : "redis://") + bracketed(host == null ? "localhost" : host) + ":"
                + spring.number("port", 6379);
        RedissonSettings settings = new RedissonSettings(
                address, spring.text("username"), spring.text("password"), spring.number("database", 0));
        return new RedisSource(settings, host == null ? "the default" : SPRING + "host");
    }

    private static RedissonSettings ofUrl(String url) {
        try {
            URI uri = new URI(url);
            boolean known = "redis".equals(uri.getScheme()) || "rediss".equals(uri.getScheme());
            if (known && uri.getHost() != null) {
                String address = new URI(uri.getScheme(), null, uri.getHost(), uri.getPort(), uri.getPath(), null, null)
                        .toString();
                return credentials(address, uri.getUserInfo());
            }
        } catch (URISyntaxException e) {
            // refused below; the exception's own words would show the password
        }
        throw new ConfigurationException(SPRING + "url = '" + url.replaceFirst("//.*@", "//***@")
                + "' is not an address: write redis://[user:password@]host:port[/database], or rediss:// for TLS");
    }

    private static RedissonSettings credentials(String address, @Nullable String userInfo) {
        if (userInfo == null) {
            return RedissonSettings.of(address);
        }
        int colon = userInfo.indexOf(':');
        String username = colon > 0 ? userInfo.substring(0, colon) : null;
        return new RedissonSettings(address, username, userInfo.substring(colon + 1), null);
    }

    private static String bracketed(String host) {
        return host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    /** {@code spring.data.redis.*} by name. */
    private record Spring(Binder binder) {

        @Nullable
        String text(String name) {
            String text = binder.bind(SPRING + name, String.class).orElse(null);
            return text == null || text.isEmpty() ? null : text;
        }

        int number(String name, int otherwise) {
            return binder.bind(SPRING + name, Integer.class).orElse(otherwise);
        }

        boolean tls() {
            return binder.bind(SPRING + "ssl.enabled", Boolean.class).orElse(false);
        }

        void refuse(String name) {
            List<String> values =
                    binder.bind(SPRING + name, Bindable.listOf(String.class)).orElse(List.of());
            if (!values.isEmpty()) {
                throw new ConfigurationException(SPRING + name + " = " + String.join(",", values)
                        + " is more than cacheaside sets up by itself: define a RedissonClient bean for it, or set"
                        + " cacheaside.redis.address for a server of its own");
            }
        }
    }
}
