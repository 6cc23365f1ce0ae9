package io.cacheaside.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheaside.policy.CachePolicy;
import io.cacheaside.policy.CacheSettings;
import io.cacheaside.policy.Durations;
import io.cacheaside.policy.InvalidationPolicy;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.json.JsonParserFactory;

/** The metadata that IDEs complete from, and the table of the documentation, against the properties. */
class MetadataTest {

    @Test
    void everyProperty_hasADescription() throws Exception {
        Map<String, Map<String, Object>> metadata = metadata();

        for (String property : properties()) {
            assertThat(metadata).as(property).containsKey(property);
            assertThat(String.valueOf(metadata.get(property).get("description")))
                    .as(property)
                    .endsWith(".");
        }
        assertThat(metadata.keySet()).containsExactlyInAnyOrderElementsOf(properties());
    }

    @Test
    void defaultsThatAreShown_areTheDefaultsThatHold() throws Exception {
        Map<String, Map<String, Object>> metadata = metadata();
        CachePolicy policy = CachePolicy.of("any", CacheSettings.NONE);

        for (RecordComponent component : CacheAsideProperties.Settings.class.getRecordComponents()) {
            Object shown =
                    metadata.get("cacheaside.defaults." + dashed(component)).get("defaultValue");
            Object holds = switch (component.getName()) {
                case "durable" -> InvalidationPolicy.PLAIN.durable();
                case "maxPayload" -> (policy.maxPayload() >> 20) + "MB";
                case "refreshAhead" -> policy.refreshAhead().toString();
                case "earlyExpiration" -> (int) policy.earlyExpiration();
                case "codec" -> CacheAsideProperties.CodecKind.KRYO;
                default -> CachePolicy.class.getMethod(component.getName()).invoke(policy);
            };
            assertThat(holds instanceof Duration ? Durations.parse(shown.toString()) : shown)
                    .as(component.getName())
                    .isEqualTo(holds instanceof Enum<?> constant ? dashed(constant) : holds);
        }
    }

    @Test
    void everyProperty_isInTheTableOfTheDocumentation_withItsDefaultAndMeaning() throws Exception {
        List<String> table = Files.readAllLines(Path.of("../docs/configuration.md"));

        metadata().forEach((name, property) -> {
            Object defaultValue = property.get("defaultValue");
            assertThat(table)
                    .as(name)
                    .anyMatch(row -> row.startsWith("| `" + name
                                    + (name.matches("cacheaside.(caches|warm.sources)") ? ".<name>.*` | " : "` | "))
                            && (defaultValue == null || row.contains("`" + defaultValue + "`"))
                            && row.endsWith("| " + property.get("description") + " |"));
        });
        assertThat(table.stream().filter(row -> row.startsWith("| `cacheaside.")))
                .hasSameSizeAs(metadata().keySet());
    }

    private static Map<String, Map<String, Object>> metadata() throws Exception {
        Map<String, Map<String, Object>> properties = new TreeMap<>();
        ClassLoader loader = CacheAsideProperties.class.getClassLoader();
        for (var urls = loader.getResources("META-INF/spring-configuration-metadata.json"); urls.hasMoreElements(); ) {
            try (InputStream in = urls.nextElement().openStream()) {
                Map<String, Object> json = JsonParserFactory.getJsonParser()
                        .parseMap(new String(in.readAllBytes(), StandardCharsets.UTF_8));
                for (Object each : (List<?>) json.get("properties")) {
                    Map<String, Object> property = asMap(each);
                    if (property.get("name").toString().startsWith("cacheaside.")) {
                        // the parser reads every number as a double
                        property.computeIfPresent(
                                "defaultValue",
                                (name, value) -> value instanceof Double number && number % 1 == 0
                                        ? (Object) number.intValue()
                                        : value);
                        properties.put(property.get("name").toString(), property);
                    }
                }
            }
        }
        return properties;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> asMap(Object json) {
        return (Map<String, Object>) json;
    }

    private static List<String> properties() {
        return properties("cacheaside.", CacheAsideProperties.class).toList();
    }

    private static Stream<String> properties(String prefix, Class<?> section) {
        return Arrays.stream(section.getRecordComponents()).flatMap(component -> {
            String name = prefix + dashed(component);
            Class<?> type = component.getType();
            return type.isRecord() && type.getEnclosingClass() == CacheAsideProperties.class
                    ? properties(name + ".", type)
                    : Stream.of(name);
        });
    }

    private static String dashed(Enum<?> constant) {
        return constant.name().replace('_', '-').toLowerCase(Locale.ROOT);
    }

    private static String dashed(RecordComponent component) {
        return component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
