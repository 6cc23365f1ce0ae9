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
import io.cacheaside.error.ConfigurationException;
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

    private static final int MEGABYTE = 1 << 20;
    private static final int LARGEST = 64 * MEGABYTE;
    private static final int MOST_DEPTH = 200;

    private final int maxPayload;
    private final ConcurrentMap<Type, ValueFormat> formats = new ConcurrentHashMap<>();

    /** A codec of payloads up to 1 MB. */
    public JsonCodec() {
        this(MEGABYTE);
    }

    /**
     * A codec of payloads up to {@code maxPayload} bytes, written or read.
     *
     * @throws ConfigurationException unless between 1 byte and 64 MB
     */
    public JsonCodec(int maxPayload) {
        if (maxPayload < 1 || maxPayload > LARGEST) {
            throw new ConfigurationException(
                    "the largest payload must lie between 1 byte and 64 MB, not " + maxPayload);
        }
        this.maxPayload = maxPayload;
    }

    /** {@inheritDoc} The same format each time for equal types. */
    @Override
    public ValueFormat formatOf(Type type) {
        return formats.computeIfAbsent(type, this::newFormat);
    }

    private ValueFormat newFormat(Type type) {
        Schema schema = JsonShape.schemaOf(type, JsonValues.all());
        JsonMapper mapper = mapper();
        JsonValues.addTo(mapper);
        return new JsonFormat(schema, mapper, mapper.constructType(type), maxPayload);
    }

    private JsonMapper mapper() {
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
