package io.cacheaside.key;

import static io.cacheaside.key.Templates.compile;
import static io.cacheaside.key.Templates.method;
import static io.cacheaside.key.Templates.render;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeyTemplateTest {

    record Address(String city, String[] lines) {}

    record User(long id, Address address, List<User> friends, Map<String, String> tags) {}

    static class Bean {
        public final int field = 7;

        public String getName() {
            return "bean";
        }

        public boolean isOpen() {
            return true;
        }

        public String lazy() {
            throw new IllegalStateException("no session");
        }
    }

    interface HasCode {
        String code();
    }

    interface Service {
        User byId(Long id);

        User byPrimitive(long id, String name);

        User byUser(User user);

        User byBean(Bean bean);

        User byCode(HasCode owner);

        User byMap(Map<Long, Address> byNumber);

        Optional<User> save(User user);

        User[] all(String method);

        String constant();
    }

    private static final User ANN =
            new User(42, new Address("Köln", new String[] {"Domplatte", "1"}), List.of(), Map.of("kind", "a b"));
    private static final User BOB = new User(7, new Address("Bonn", new String[0]), List.of(ANN), Map.of());

    @Test
    void parameterByName_isRenderedBehindNamespaceAndHead() {
        KeyTemplate template = compile("user:#id", Service.class, "byId");
        assertThat(render(template, 42L)).isEqualTo("shop:user:42");
        assertThat(template.cache()).isEqualTo("user");
        assertThat(template.usesResult()).isFalse();
        assertThat(template).hasToString("user:#id");
    }

    @Test
    void parameterByPosition_isTheSameAsByName() {
        assertThat(render(compile("user:#p1:#p0", Service.class, "byPrimitive"), 1L, "x"))
                .isEqualTo(render(compile("user:#name:#id", Service.class, "byPrimitive"), 1L, "x"))
                .isEqualTo("shop:user:x:1");
    }

    @Test
    void literalTextBetweenAndBehind_isKept() {
        KeyTemplate template = compile("user:v1:id=#id:name=#name/orders:ü", Service.class, "byPrimitive");
        assertThat(template.cache()).isEqualTo("user:v1");
        assertThat(render(template, 1L, "x")).isEqualTo("shop:user:v1:id=1:name=x/orders:ü");
    }

    @Test
    void trailingLiteral_isKept() {
        assertThat(render(compile("user:#id:orders", Service.class, "byId"), 1L))
                .isEqualTo("shop:user:1:orders");
        assertThat(render(compile("user:#id:größe", Service.class, "byId"), 1L)).isEqualTo("shop:user:1:größe");
        assertThat(render(compile("user:#id-x.", Service.class, "byId"), 1L)).isEqualTo("shop:user:1-x.");
    }

    @Test
    void templateWithoutPlaceholder_hasTheTextBeforeItsLastColonAsCache() {
        KeyTemplate template = compile("config:all", Service.class, "constant");
        assertThat(template.cache()).isEqualTo("config");
        assertThat(render(template)).isEqualTo("shop:config:all");
    }

    @Test
    void textBehindTheLastColonOfTheHead_isNoPartOfTheCacheName() {
        KeyTemplate template = compile("user:id-#id", Service.class, "byId");
        assertThat(template.cache()).isEqualTo("user");
        assertThat(render(template, 3L)).isEqualTo("shop:user:id-3");
    }

    @Test
    void doubledHash_isALiteralHash() {
        KeyTemplate template = compile("user:##:#id##", Service.class, "byId");
        assertThat(render(template, 3L)).isEqualTo("shop:user:#:3#");
        assertThat(template.cache()).isEqualTo("user");
    }

    @Test
    void pathThroughRecordsListsArraysAndMaps_isFollowed() {
        assertThat(render(compile("u:#user.id", Service.class, "byUser"), ANN)).isEqualTo("shop:u:42");
        assertThat(render(compile("u:#user.address.city", Service.class, "byUser"), ANN))
                .isEqualTo("shop:u:Köln");
        assertThat(render(compile("u:#user.address.lines[1]", Service.class, "byUser"), ANN))
                .isEqualTo("shop:u:1");
        assertThat(render(compile("u:#user.friends[0].id", Service.class, "byUser"), BOB))
                .isEqualTo("shop:u:42");
        assertThat(render(compile("u:#user.tags[kind]", Service.class, "byUser"), ANN))
                .isEqualTo("shop:u:a b");
        assertThat(render(compile("u:#byNumber[5].city", Service.class, "byMap"), Map.of(5L, ANN.address())))
                .isEqualTo("shop:u:Köln");
    }

    @Test
    void gettersFieldsAndFluentAccessors_areProperties() {
        KeyTemplate bean = compile("b:#bean.name:#bean.open:#bean.field", Service.class, "byBean");
        assertThat(render(bean, new Bean())).isEqualTo("shop:b:bean:true:7");
        HasCode owner = () -> "x:y";
        assertThat(render(compile("b:#owner.code", Service.class, "byCode"), owner))
                .isEqualTo("shop:b:x%3Ay");
    }

    @Test
    void nullAnywhereInAPath_makesNoKey() {
        KeyTemplate template = compile("u:#user.address.city", Service.class, "byUser");
        User homeless = new User(1, new Address(null, new String[0]), List.of(), Map.of());
        assertThat(render(template, new Object[] {null})).isNull();
        assertThat(render(template, homeless)).isNull();
        assertThat(template.missing(new Object[] {homeless}, null)).isEqualTo("#user.address.city is null");
        assertThat(template.missing(new Object[] {ANN}, null)).isNull();
    }

    @Test
    void missingElement_makesNoKey() {
        assertThat(render(compile("u:#user.friends[0].id", Service.class, "byUser"), ANN))
                .isNull();
        assertThat(render(compile("u:#user.address.lines[2]", Service.class, "byUser"), ANN))
                .isNull();
        assertThat(render(compile("u:#user.tags[other]", Service.class, "byUser"), ANN))
                .isNull();
    }

    @Test
    void accessorThatThrows_makesNoKeyAndNamesTheException() {
        KeyTemplate template = compile("b:#bean.lazy", Service.class, "byBean");
        assertThat(render(template, new Bean())).isNull();
        assertThat(template.missing(new Object[] {new Bean()}, null))
                .isEqualTo("reading #bean.lazy threw java.lang.IllegalStateException: no session");
    }

    @Test
    void result_isReadAndItsOptionalOpened() {
        KeyTemplate template = compile("u:#result.id", Service.class, "save");
        assertThat(template.usesResult()).isTrue();
        assertThat(template.render(new Object[] {null}, Optional.of(ANN))).isEqualTo("shop:u:42");
        assertThat(template.render(new Object[] {null}, Optional.empty())).isNull();
        assertThat(template.render(new Object[] {null}, null)).isNull();
        assertThat(compile("u:#result[1].id", Service.class, "all").render(new Object[] {"x"}, new User[] {ANN, BOB}))
                .isEqualTo("shop:u:7");
    }

    @Test
    void classOfAProxy_isTheInterfaceBehindIt() {
        Class<?> proxy = Proxy.newProxyInstance(
                        Service.class.getClassLoader(), new Class<?>[] {Service.class}, (p, m, a) -> null)
                .getClass();
        KeyTemplate direct = compile("u:#class:#method:#id", Service.class, "byId");
        KeyTemplate proxied = compile("u:#class:#method:#id", method(Service.class, "byId"), proxy, null);
        assertThat(render(direct, 1L))
                .isEqualTo(render(proxied, 1L))
                .isEqualTo("shop:u:io.cacheaside.key.KeyTemplateTest$Service:byId:1");
    }

    @Test
    void expression_isAValueLikeAnyOther() {
        ExpressionCompiler upper = (source, method) -> (args, result) -> source + "=" + Arrays.toString(args) + result;
        KeyTemplate template = compile("u:#{ {'}'} + #result }", method(Service.class, "byId"), Service.class, upper);
        assertThat(template.usesResult()).isTrue();
        assertThat(template.render(new Object[] {1L}, null)).isEqualTo("shop:u: %7B'%7D'%7D + #result =[1]null");
    }

    @Test
    void expressionThatThrowsOrYieldsNothing_makesNoKey() {
        ExpressionCompiler failing = (source, method) -> (args, result) -> {
            throw new IllegalStateException("boom");
        };
        ExpressionCompiler empty = (source, method) -> (args, result) -> null;
        assertThat(compile("u:#{x}", method(Service.class, "byId"), Service.class, failing)
                        .render(new Object[] {1L}, null))
                .isNull();
        assertThat(compile("u:#{x}", method(Service.class, "byId"), Service.class, empty)
                        .render(new Object[] {1L}, null))
                .isNull();
    }
}
