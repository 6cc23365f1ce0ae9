package io.cacheaside.codec;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.cacheaside.spi.ValueCodec;
import java.lang.reflect.Type;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * A codec on Jackson 2 for caches that programs in other languages read or write: UTF-8 JSON of the fields by their
 * names. Thread-safe; formats are kept for the life of the codec.
 *
 * <p>Bytes name no classes: a type whose values may be of several classes (a class that is not final, too) is refused, annotations of Jackson are not looked
 * at. An unknown, a missing or a doubled name, a null for a primitive or a number for a text makes an entry unreadable
 * (missing names are found in records only; in other classes such a field keeps what the constructor gave it).
 * {@code docs/codec.md} tells types and layout.
 */
public final class JsonCodec implements ValueCodec {

    private static final int MOST_DEPTH = 200;

    private final ConcurrentMap<Limited, ValueFormat> formats = new ConcurrentHashMap<>();

    /** {@inheritDoc} For payloads up to 1 MB; the same format each time for equal types. */
    @Override
    public ValueFormat formatOf(Type type) {
        return formatOf(type, Limited.USUAL);
    }

    @Override
    public ValueFormat formatOf(Type type, int maxPayload) {
        return formats.computeIfAbsent(new Limited(type, maxPayload), JsonCodec::newFormat);
    }

    private static ValueFormat newFormat(Limited limited) {
        Schema schema = JsonShape.schemaOf(limited.type(), JsonValues.all());
        JsonMapper mapper = mapper(limited.maxPayload());
        JsonValues.addTo(mapper);
        return new JsonFormat(schema, mapper, mapper.constructType(limited.type()), limited.maxPayload());
    }

    private static JsonMapper mapper(int maxPayload) {
        JsonFactory factory = JsonFactory.builder()
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MOST_DEPTH)
                        .maxStringLength(maxPayload)
                        .maxNameLength(maxPayload)
                        .build())
                .build();
        return JsonMapper.builder(factory)
                .disable(
                        MapperFeature.USE_ANNOTATIONS,
                        MapperFeature.ALLOW_COERCION_OF_SCALARS,
                        MapperFeature.DEFAULT_VIEW_INCLUSION)
                .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .visibility(PropertyAccessor.GETTER, Visibility.NONE)
                .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
                .visibility(PropertyAccessor.SETTER, Visibility.NONE)
                .visibility(PropertyAccessor.FIELD, Visibility.ANY)
                .enable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                        DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(
                        DeserializationFeature.ACCEPT_FLOAT_AS_INT,
                        DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                .disable(
                        SerializationFeature.FAIL_ON_EMPTY_BEANS,
                        SerializationFeature.WRITE_DATES_AS_TIMESTAMPS,
                        SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .build();
    }
}
