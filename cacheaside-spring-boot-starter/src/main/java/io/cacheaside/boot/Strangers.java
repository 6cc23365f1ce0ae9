package io.cacheaside.boot;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
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
        check(name, 1, CacheAsideProperties.class, strangers);
    }

    /** Looks at the element {@code at} of {@code name}, which has to be a component of {@code section}, and at those below. */
    private static void check(ConfigurationPropertyName name, int at, Class<?> section, Map<String, String> strangers) {
        if (name.getNumberOfElements() <= at) {
            return;
        }
        Map<String, RecordComponent> known = settings(section);
        RecordComponent setting = known.get(name.getElement(at, Form.UNIFORM));
        if (setting == null) {
            String told = name.chop(at + 1).toString();
            String names = known.values().stream().map(Strangers::name).collect(Collectors.joining(", "));
            strangers.put(told, told + " is no setting of cacheaside; known here: " + names);
        } else if (setting.getGenericType() instanceof ParameterizedType map && setting.getType() == Map.class) {
            check(name, at + 2, (Class<?>) map.getActualTypeArguments()[1], strangers);
        } else if (setting.getType().isRecord()) {
            check(name, at + 1, setting.getType(), strangers);
        }
    }

    /** The settings of {@code type} by the uniform forms of their names. */
    private static Map<String, RecordComponent> settings(Class<?> type) {
        Map<String, RecordComponent> settings = new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            settings.put(component.getName().toLowerCase(Locale.ROOT), component);
        }
        return settings;
    }

    private static String name(RecordComponent setting) {
        return setting.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
