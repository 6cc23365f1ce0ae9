package io.cacheaside.key;

import static io.cacheaside.key.Templates.method;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.lang.reflect.Method;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateMistakesTest {

    record Point(int x, int y) {}

    record Box(int[] numbers) {}

    static class Customer {
        public long getId() {
            return 1;
        }

        public String getName() {
            return "";
        }
    }

    private static final String FOR_EACH =
            "; for a key of each element put @Each(\"element\") on the parameter and write #element";

    interface Service {
        String find(long id, String name);

        void all(List<Customer> some);

        String none();

        void rename(long id);

        String types(
                Point point,
                Box box,
                Customer customer,
                int[] numbers,
                List<String> names,
                Set<String> set,
                Map<String, String> map,
                Map<Date, String> dates,
                Optional<String> maybe,
                Date date,
                StringBuilder text,
                Object any,
                Iterable<String> iterable,
                Thread thread);

        String payment(String method, String result);

        String swapped(String p1, String p0);
    }

    private static TemplateException mistake(String template, String method) {
        return mistake(template, method(Service.class, method), true);
    }

    private static TemplateException mistake(String template, Method method, boolean resultAllowed) {
        return catchThrowableOfType(
                TemplateException.class,
                () -> KeyTemplate.compile(
                        template,
                        new TemplateContext(method, method.getDeclaringClass(), "shop", resultAllowed, null)));
    }

    @Test
    void unknownParameter_isShownWithTheKnownOnesAndACaret() {
        TemplateException mistake = mistake("user:#idd", "find");
        assertThat(mistake).hasMessage("""
                        unknown parameter #idd: find(long, String) has #id (#p0), #name (#p1) (column 6)
                            user:#idd
                                 ^""");
        assertThat(mistake.column()).isEqualTo(6);
        assertThat(mistake.template()).isEqualTo("user:#idd");
        assertThat(mistake.problem()).startsWith("unknown parameter #idd").endsWith("#name (#p1)");
        assertThat(mistake.at("Service.find")).startsWith("Service.find: unknown parameter #idd");
    }

    @Test
    void caret_staysInPlaceBehindCharactersOutsideTheBasicPlane() {
        TemplateException mistake = mistake("user:#id:😀:#idd", "find");
        assertThat(mistake.column()).isEqualTo(12);
    }

    @Test
    void classWithoutParameterNames_isNamedWithTheOptionAndThePositions() throws Exception {
        // the JDK's own classes are compiled without -parameters
        Method nameless = String.class.getMethod("substring", int.class, int.class);
        assertThat(mistake("text:#beginIndex", nameless, false).problem())
                .isEqualTo("unknown parameter #beginIndex: java.lang.String was compiled without -parameters,"
                        + " so add that compiler option or write #p0 to #p1 of substring(int, int)");
        assertThat(mistake("text:#p2", nameless, false).problem())
                .isEqualTo("unknown parameter #p2: substring(int, int) has #p0, #p1");
        assertThat(KeyTemplate.compile("text:#p1", new TemplateContext(nameless, String.class, "n", false, null))
                        .render(new Object[] {1, 2}, null))
                .isEqualTo("n:text:2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '§',
            value = {
                "user:#id        | none    | 6  | unknown parameter #id: none() has no parameters",
                "user:#p2        | find    | 6  | unknown parameter #p2: find(long, String) has #id (#p0), #name (#p1)",
                "user:#a0        | find    | 6  | unknown parameter #a0: find(long, String) has #id (#p0), #name (#p1)",
                "user:#id.value  | find    | 10 | #id is a primitive long and has no property 'value'",
                "user:#name.size | find    | 12 | unknown property 'size': #name is a String, which has blank, bytes, empty",
                "user:#customer.nam | types | 16 | unknown property 'nam': #customer is a"
                        + " TemplateMistakesTest.Customer, which has id, name",
                "user:#point.z   | types   | 13 | unknown property 'z': #point is a TemplateMistakesTest.Point, which has x, y",
                "user:#any.id    | types   | 11 | unknown property 'id': #any is an Object, which has no properties",
                "user:#numbers[x] | types  | 14 | '[x]' is not a position in #numbers: write [0], [1] and so on",
                "user:#names[-1] | types   | 12 | '[-1]' is not a position in #names: write [0], [1] and so on",
                "user:#names[]   | types   | 12 | '[]' contains no index: write a position such as [0], or the key of a map",
                "user:#names[0   | types   | 12 | '[' has no closing ']'",
                "user:#set[0]    | types   | 10 | #set is a Set; only an array, a List or a Map has elements",
                "user:#dates[x]  | types   | 12 | #dates is a map with keys of type Date; write an expression #{…}",
                "user:#id.value() | find   | 15 | a path reads properties and calls no methods: write #user.name,"
                        + " or an expression #{…}",
                "user:#{#id      | find    | 6  | '#{' has no closing '}'",
                "user:#{'}       | find    | 6  | '#{' has no closing '}'",
                "user:#{ }       | find    | 6  | '#{}' contains no expression",
                "user:#{#id + 1} | find    | 6  | #{…} is a SpEL expression and needs spring-expression on the class path",
                "user:#          | find    | 6  | '#' at the end names nothing: write #name, or ## for a literal '#'",
                "user:#1         | find    | 6  | '#' is not followed by a name: write #name, or ## for a literal '#'",
                "user:{#id}      | find    | 6  | a literal '{' is refused, because Redis Cluster reads braces as a hash tag",
                "user:#id}       | find    | 9  | a literal '}' is refused, because Redis Cluster reads braces as a hash tag",
                "user:100%:#id   | find    | 9  | a literal '%' is refused, because it begins an escape in rendered values",
                "user:a b:#id    | find    | 7  | white space (U+0020) is refused in literal text,"
                        + " because a key that differs only by it is never invalidated",
                "#id             | find    | 1  | the template does not begin with the name of a cache and ':',"
                        + " such as user:#id",
                "user#id         | find    | 1  | the template does not begin with the name of a cache and ':',"
                        + " such as user:#id",
                ":#id            | find    | 1  | the template does not begin with the name of a cache and ':',"
                        + " such as user:#id",
                "us/er:#id       | find    | 3  | the name of the cache, 'us/er', may contain letters A to Z, digits,"
                        + " '.', '_' and '-', and single ':' between them",
                "a::#id          | find    | 2  | the name of the cache, 'a:', may contain letters A to Z, digits,"
                        + " '.', '_' and '-', and single ':' between them",
                "a:#id#name      | find    | 6  | between #id and #name stands no ':', so that different values could"
                        + " make the same key: write #id:#name",
                "a:#id-#name     | find    | 7  | between #id and #name stands no ':', so that different values could"
                        + " make the same key: write #id:#name",
                "a:#result       | rename  | 3  | there is no #result, because rename(long) returns void",
                "a:#class.name   | find    | 10 | #class is a constant text without parts",
                "a:#method       | payment | 3  | #method is a parameter's name and has a meaning of its own:"
                        + " write #p0 for the parameter",
                "a:#result       | payment | 3  | #result is a parameter's name and has a meaning of its own:"
                        + " write #p1 for the parameter",
                "a:#p0           | swapped | 3  | #p0 is a parameter's name and also means parameter 0:"
                        + " write another name for it",
                "a:#point        | types   | 3  | #point is a record of 2 components (TemplateMistakesTest.Point) without"
                        + " a toString of its own: write each that matters, such as #point.x:#point.y",
                "a:#box          | types   | 3  | #box is a record (TemplateMistakesTest.Box) around an int[],"
                        + " which has no stable text: write a part of it",
                "a:#customer     | types   | 3  | #customer is a TemplateMistakesTest.Customer without a toString"
                        + " of its own: write #customer.id",
                "a:#numbers      | types   | 3  | #numbers is an array (int[]): write one element, such as #numbers[0]",
                "a:#names        | types   | 3  | #names is a collection (List): write one element, such as #names[0]"
                        + FOR_EACH,
                "a:#set          | types   | 3  | #set is a collection (Set): pass a value that stands for it"
                        + FOR_EACH,
                "a:#some.id      | all     | 9  | unknown property 'id': #some is a List" + FOR_EACH + ".id",
                "a:#id           | all     | 3  | unknown parameter #id: all(List) has #some (#p0); for a key of each"
                        + " element of a collection put @Each(\"id\") on that parameter",
                "a:#map          | types   | 3  | #map is a map (Map): write one value, such as #map[name]",
                "a:#maybe        | types   | 3  | #maybe is an Optional: pass the value itself,"
                        + " because an absent one makes no key",
                "a:#date         | types   | 3  | #date is a Date, whose text depends on the time zone: write #date.time",
                "a:#text         | types   | 3  | #text is a mutable text (StringBuilder): pass a String",
                "a:#thread       | types   | 3  | #thread is a Thread, which has no text that tells its values apart"
                        + " in every JVM: write #thread.id"
            })
    void mistake_isOneSentenceWithItsColumn(String template, String method, int column, String sentence) {
        TemplateException mistake = mistake(template, method);
        assertThat(mistake.problem()).isEqualTo(sentence);
        assertThat(mistake.column()).isEqualTo(column);
    }

    @Test
    void resultInAReadKey_isRefused() {
        assertThat(mistake("user:#result.id", method(Service.class, "find"), false)
                        .problem())
                .isEqualTo("#result is not known before the method runs, so no key and no tag of a read has it");
    }

    @Test
    void parameterNamedResultInAReadKey_isToldToUseItsPosition() {
        assertThat(mistake("pay:#result", method(Service.class, "payment"), false)
                        .problem())
                .isEqualTo("#result is a parameter's name and has a meaning of its own: write #p1 for the parameter");
    }

    @Test
    void resultInAnExpression_isFoundAndRefusedToo() {
        assertThat(mistake("user:#{#result.id}", method(Service.class, "find"), false)
                        .problem())
                .startsWith("#result is not known before the method runs");
    }

    @Test
    void expressionThatDoesNotCompile_isRefusedWithTheReason() {
        ExpressionCompiler refusing = (source, method) -> {
            throw new IllegalArgumentException("unexpected '" + source + "'");
        };
        assertThatThrownBy(() -> Templates.compile("a:#{+}", method(Service.class, "find"), Service.class, refusing))
                .hasMessageStartingWith("#{…} does not compile: unexpected '+' (column 3)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"user:\n#id", "user:\t#id", "user:\u007f#id", "user:\u0085#id"})
    void controlCharacterInLiteralText_isNamedByItsCodePoint(String template) {
        assertThat(mistake(template, "find").problem())
                .matches("the control character U\\+00(0A|09|7F|85) is refused in literal text");
    }

    @Test
    void newlineInTheTemplate_doesNotBreakTheCaretLine() {
        assertThat(mistake("user:\n#id", "find").getMessage()).contains("user:␊#id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"user:\u00a0#id", "user:\u2003#id", "user:\u2028#id"})
    void whiteSpaceThatLooksLikeNothing_isRefused(String template) {
        assertThat(mistake(template, "find").problem()).startsWith("white space (U+");
    }

    @Test
    void unpairedSurrogateInLiteralText_isRefused() {
        assertThat(mistake("user:\ud83d:#id", "find").problem()).startsWith("the unpaired surrogate U+D83D");
    }

    @Test
    void longLiteralText_isRefusedBecauseValuesNeedTheRoom() {
        assertThat(mistake("user:" + "x".repeat(300) + ":#id", "find").problem())
                .isEqualTo("the namespace and the literal text have 311 bytes; at most 256 leave room for the values");
    }

    @Test
    void emptyTemplate_isRefused() {
        assertThat(mistake("", "find").problem()).startsWith("the template does not begin with the name of a cache");
    }

    @Test
    void openType_isAcceptedAtStart() {
        assertThat(mistake("a:#any", "types")).isNull();
    }

    @Test
    void iterable_isRefusedBecauseNothingStableIsOne() {
        assertThat(mistake("a:#iterable", "types").problem()).startsWith("#iterable is an Iterable, which has no text");
    }
}
