package io.cacheaside.redisson;

import io.cacheaside.error.ConfigurationException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An address as it was configured.
 *
 * @param property what it was configured with, for people
 * @param uri what it says, with scheme and host
 */
record RedisAddress(String property, URI uri) {

    /**
     * What {@code text} says.
     *
     * @throws ConfigurationException where it is no address, naming {@code property} and the text without its password
     */
    static RedisAddress of(String property, String text) {
        try {
            URI uri = new URI(text.trim());
            boolean known = "redis".equals(uri.getScheme()) || "rediss".equals(uri.getScheme());
            if (known && uri.getHost() != null) {
                return new RedisAddress(property, uri);
            }
        } catch (URISyntaxException e) {
            // told below; the exception's own words would show the password
        }
        throw problem(property, text, "is not an address: write redis://host:port, or rediss://host:port for TLS");
    }

    /** The same for each of {@code texts}, of which there has to be one, and which say no more than host and port. */
    static List<RedisAddress> of(String property, List<String> texts) {
        if (texts.isEmpty()) {
            throw new ConfigurationException(property + " is empty: name at least one node");
        }
        List<RedisAddress> all = texts.stream().map(text -> of(property, text)).toList();
        all.forEach(RedisAddress::mustBePlain);
        if (all.stream().map(each -> each.uri.getScheme()).distinct().count() > 1) {
            throw problem(property, masked(texts), "mixes redis:// and rediss://: all nodes use TLS, or none");
        }
        return all;
    }

    private void mustBePlain() {
        if (uri.getUserInfo() != null || database() != null) {
            throw problem(
                    property, uri.toString(), "says more than host and port: set user, password and database apart");
        }
    }

    private static ConfigurationException problem(String property, String text, String what) {
        return new ConfigurationException(property + " = '" + masked(text) + "' " + what);
    }

    /** Scheme, host and port, as Redisson takes it. */
    String server(int defaultPort) {
        return uri.getScheme() + "://" + uri.getHost() + ":" + (uri.getPort() < 0 ? defaultPort : uri.getPort());
    }

    @Nullable
    String username() {
        return userInfo(0);
    }

    @Nullable
    String password() {
        return userInfo(1);
    }

    private @Nullable String userInfo(int part) {
        if (uri.getUserInfo() == null) {
            return null;
        }
        String[] parts = uri.getUserInfo().split(":", 2);
        return part < parts.length && !parts[part].isEmpty() ? parts[part] : null;
    }

    /** The database that the path names, or null. */
    @Nullable
    Integer database() {
        String path = uri.getPath() == null ? "" : uri.getPath().replace("/", "");
        try {
            return path.isEmpty() ? null : Integer.valueOf(path);
        } catch (NumberFormatException e) {
            throw problem(property, uri.toString(), "names a database that is not a number");
        }
    }

    /** {@code text} as it may stand in a log. */
    static String masked(String text) {
        return text.replaceFirst("(://[^:/@]*):[^@]*@", "$1:***@");
    }

    static String masked(List<String> texts) {
        return texts.stream().map(RedisAddress::masked).collect(Collectors.joining(", "));
    }

    /** Names the address without its password. */
    @Override
    public String toString() {
        return masked(uri.toString());
    }
}
