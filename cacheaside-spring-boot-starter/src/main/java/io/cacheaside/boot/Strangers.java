package io.cacheaside.boot;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Properties under {@code cacheaside.} that nobody reads: a misspelt setting would otherwise be ignored in silence.
 * Environment variables and system properties are left out, where names do not belong to the application alone. Values
 * are not told: a misspelt password is one too.
 */
final class Strangers {

    private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("cacheaside");
    private static final String CACHES = "caches";
    private static final Map<String, Class<?>> SECTIONS = Map.of(
            "defaults",
            CacheAsideProperties.Settings.class,
            CACHES,
            CacheAsideProperties.Settings.class,
            "redis",
            CacheAsideProperties.Redis.class,
            "codec",
            CacheAsideProperties.Codec.class,
            "outbox",
            CacheAsideProperties.Outbox.class);
    private static final Set<String> UNOWNED = Set.of(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
            StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);

    private Strangers() {}

    /** A sentence for each such property of {@code environment}, in the order of their names. */
    static List<String> in(Environment environment) {
        Map<String, String> strangers = new TreeMap<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource names && isOwned(source)) {
                names.stream().filter(ROOT::isAncestorOf).forEach(name -> check(name, strangers));
            }
        }
        return new ArrayList<>(strangers.values());
    }

    private static boolean isOwned(ConfigurationPropertySource source) {
        return !(source.getUnderlyingSource() instanceof PropertySource<?> underlying)
                || !UNOWNED.contains(underlying.getName());
    }

    private static void check(ConfigurationPropertyName name, Map<String, String> strangers) {
        String first = name.getElement(1, Form.UNIFORM);
        Class<?> section = SECTIONS.get(first);
        int deciding = section == null ? 1 : first.equals(CACHES) ? 3 : 2;
        if (name.getNumberOfElements() <= deciding) {
            return;
        }
        Map<String, String> known = names(section == null ? CacheAsideProperties.class : section);
        if (!known.containsKey(name.getElement(deciding, Form.UNIFORM))) {
            String told = name.chop(deciding + 1).toString();
            strangers.put(
                    told, told + " is no setting of cacheaside; known here: " + String.join(", ", known.values()));
        }
    }

    /** Names of the settings of {@code type} as properties write them, by their uniform form. */
    private static Map<String, String> names(Class<?> type) {
        Map<String, String> names = new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String name = component.getName();
            names.put(
                    name.toLowerCase(Locale.ROOT),
                    name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT));
        }
        return names;
    }
}
