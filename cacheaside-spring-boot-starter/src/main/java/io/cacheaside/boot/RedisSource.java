package io.cacheaside.boot;

import io.cacheaside.error.ConfigurationException;
import io.cacheaside.redisson.RedissonSettings;
import io.cacheaside.redisson.Topology;
import io.cacheaside.redisson.TrustStore;
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
    private static final List<String> UNKNOWN = List.of("masterreplica.nodes", "ssl.bundle");

    /**
     * The source for {@code own} and the environment behind {@code binder}.
     *
     * @throws ConfigurationException where the properties contradict each other or describe what no client is built for
     */
    static RedisSource of(CacheAsideProperties.Redis own, Binder binder) {
        OwnRedis mine = new OwnRedis(own);
        return mine.isSaid() ? new RedisSource(mine.settings(), mine.origin()) : ofSpring(new Spring(binder), own);
    }

    private static RedisSource ofSpring(Spring spring, CacheAsideProperties.Redis own) {
        UNKNOWN.forEach(spring::refuse);
        TrustStore trusted = OwnRedis.trustStore(own);
        if (!spring.texts("cluster.nodes").isEmpty()) {
            return new RedisSource(ofCluster(spring).withTrustStore(trusted), SPRING + "cluster.nodes");
        }
        if (spring.text("sentinel.master") != null) {
            return new RedisSource(ofSentinels(spring).withTrustStore(trusted), SPRING + "sentinel.master");
        }
        String url = spring.text("url");
        if (url != null) {
            return new RedisSource(ofUrl(url).withTrustStore(trusted), SPRING + "url");
        }
        String host = spring.text("host");
        String address =
                spring.scheme() + bracketed(host == null ? "localhost" : host) + ":" + spring.number("port", 6379);
        RedissonSettings settings = spring.credentials(RedissonSettings.of(address))
                .withDatabase(spring.number("database", 0))
                .withTrustStore(trusted);
        return new RedisSource(settings, host == null ? "the default" : SPRING + "host");
    }

    private static RedissonSettings ofCluster(Spring spring) {
        return spring.credentials(RedissonSettings.ofCluster(spring.nodes("cluster.nodes")));
    }

    private static RedissonSettings ofSentinels(Spring spring) {
        Topology sentinels = new Topology.Sentinels(
                String.valueOf(spring.text("sentinel.master")),
                spring.nodes("sentinel.nodes"),
                spring.text("sentinel.username"),
                spring.text("sentinel.password"));
        return spring.credentials(RedissonSettings.of(sentinels)).withDatabase(spring.number("database", 0));
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
        return RedissonSettings.of(address).withUser(username, userInfo.substring(colon + 1));
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

        /** The elements of a list, none where it is not there. */
        List<String> texts(String name) {
            return binder.bind(SPRING + name, Bindable.listOf(String.class)).orElse(List.of());
        }

        /** The addresses of {@code host:port} elements. */
        List<String> nodes(String name) {
            return texts(name).stream().map(node -> address(name, node)).toList();
        }

        private String address(String name, String node) {
            String address = scheme() + node.trim();
            try {
                if (new URI(address).getHost() != null && node.indexOf('@') < 0 && node.indexOf('/') < 0) {
                    return address;
                }
            } catch (URISyntaxException e) {
                // refused below
            }
            throw new ConfigurationException(
                    SPRING + name + " = '" + node.replaceFirst(".*@", "***@") + "' is no node: write host:port");
        }

        RedissonSettings credentials(RedissonSettings settings) {
            return settings.withUser(text("username"), text("password"));
        }

        String scheme() {
            boolean tls = binder.bind(SPRING + "ssl.enabled", Boolean.class).orElse(false);
            return tls ? "rediss://" : "redis://";
        }

        void refuse(String name) {
            List<String> values = texts(name);
            if (!values.isEmpty()) {
                throw new ConfigurationException(SPRING + name + " = " + String.join(",", values)
                        + " is more than cacheaside sets up by itself: define a RedissonClient bean for it, or say with"
                        + " cacheaside.redis.* what the cache uses");
            }
        }
    }
}
