package io.cacheaside.key;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** Joins the tokens of one template with one method. Used once. */
final class TemplateCompiler {

    /** Leaves room in {@link KeyText#LONGEST} for the values and for the short form of a long key. */
    private static final int LONGEST_LITERALS = 256;

    private final String template;
    private final PlaceholderCompiler compiler;
    private final StringBuilder literal = new StringBuilder();
    private final List<Placeholder> placeholders = new ArrayList<>();
    private @Nullable Value open;
    private String head = "";
    private int literalBytes;
    private final List<String> values = new ArrayList<>();
    private final StringBuilder shape = new StringBuilder();

    TemplateCompiler(String template, TemplateContext context) {
        this.template = template;
        this.compiler = new PlaceholderCompiler(template, context);
        literal.append(context.namespace()).append(':');
    }

    /** The template of a key; throws for the first mistake. */
    KeyTemplate compile() {
        List<Token> tokens = TemplateParser.parse(template);
        return compile(tokens, cache(), null);
    }

    /** The template of a tag, whose values are those of {@code key} if there is one; throws for the first mistake. */
    KeyTemplate compileTag(@Nullable KeyTemplate key) {
        if (template.isBlank()) {
            throw new TemplateException(template, 0, "a tag needs a text, such as user:#id");
        }
        return compile(TemplateParser.parse(template), "", key);
    }

    /** {@code key} has to name each value; null: none has to. */
    private KeyTemplate compile(List<Token> tokens, String cache, @Nullable KeyTemplate key) {
        boolean usesResult = false;
        boolean usesElement = false;
        for (Token token : tokens) {
            add(token, key);
            usesResult |= PlaceholderCompiler.usesResult(token);
            usesElement |= compiler.usesElement(token);
        }
        endValue(null);
        if (literalBytes > LONGEST_LITERALS) {
            throw new TemplateException(
                    template,
                    0,
                    "the namespace and the literal text have " + literalBytes + " bytes; at most " + LONGEST_LITERALS
                            + " leave room for the values");
        }
        return new KeyTemplate(template, cache, head, placeholders, usesResult, usesElement, values, shape.toString());
    }

    private void add(Token token, @Nullable KeyTemplate key) {
        String constant = constant(token);
        if (constant != null) {
            literal.append(constant);
            shape.append(constant);
        } else {
            Value value = compiler.compile(token);
            number(value, compiler.identity(token), key);
            endValue(value);
        }
    }

    /** What {@code token} adds to every key; null for a value. */
    private @Nullable String constant(Token token) {
        if (token instanceof Token.Literal text) {
            return text.text();
        }
        String constant = compiler.constant(token);
        return constant == null ? null : KeyText.encode(constant);
    }

    /** A literal has no brace, so a number in braces is none. */
    private void number(Value value, String identity, @Nullable KeyTemplate key) {
        int number = key == null ? values.size() : key.values().indexOf(identity);
        if (number < 0) {
            throw new TemplateException(
                    template,
                    value.offset(),
                    value.source() + " is not in the key '" + key
                            + "': who calls with another one would hit what this call"
                            + " has stored, and no invalidation of that tag would know of it; put " + value.source()
                            + " into the key");
        }
        values.add(identity);
        shape.append('{').append(number).append('}');
    }

    /** Ends the literal text before {@code next}; null: before the end of the template. */
    private void endValue(@Nullable Value next) {
        literalBytes += literal.toString().getBytes(StandardCharsets.UTF_8).length;
        if (open == null) {
            head = literal.toString();
        } else if (next != null && literal.indexOf(":") < 0) {
            throw new TemplateException(
                    template,
                    next.offset(),
                    "between " + open.source() + " and " + next.source()
                            + " stands no ':', so that different values could make the same key: write "
                            + open.source() + ":" + next.source());
        } else {
            placeholders.add(new Placeholder(open.source(), open.root(), open.path(), literal.toString()));
        }
        literal.setLength(0);
        open = next;
    }

    private String cache() {
        int hash = template.indexOf('#');
        String literalHead = hash < 0 ? template : template.substring(0, hash);
        int colon = literalHead.lastIndexOf(':');
        if (colon < 1) {
            throw new TemplateException(
                    template, 0, "the template does not begin with the name of a cache and ':', such as user:#id");
        }
        String cache = literalHead.substring(0, colon);
        Matcher name = CacheName.PATTERN.matcher(cache);
        if (!name.matches()) {
            throw new TemplateException(
                    template,
                    name.lookingAt() ? name.end() : 0,
                    "the name of the cache, '" + cache + "', " + CacheName.RULE);
        }
        return cache;
    }

    /**
     * A placeholder whose tail is not known yet.
     *
     * @param source as written
     * @param offset index of the template's char where it begins
     */
    record Value(String source, int offset, Root root, List<Accessor> path) {}
}
