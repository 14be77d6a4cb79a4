package org.resilientmail.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Turns the properties of one source into checked entries. Every line is checked, also one that another source overrides. */
final class LayerReader {

    private static final Pattern ACCOUNT_NAME = Pattern.compile("[A-Za-z0-9_-]+");

    private static final List<String> ACCOUNT_ONLY = List.of(Layer.HOST, Layer.USER);

    private final Origin origin;
    private final Problems problems;
    private final Map<String, Entry> general = new LinkedHashMap<>();
    private final Map<String, Map<String, Entry>> accounts = new LinkedHashMap<>();

    private LayerReader(Origin origin, Problems problems) {
        this.origin = origin;
        this.problems = problems;
    }

    /** Reads properties that all have the prefix, in the order of the map; what is wrong goes to the problems. */
    static Layer read(Origin origin, Map<String, Object> properties, Problems problems) {
        LayerReader reader = new LayerReader(origin, problems);
        for (Map.Entry<String, Object> line : properties.entrySet()) {
            reader.line(line.getKey(), line.getValue());
        }
        return new Layer(reader.general, reader.accounts);
    }

    private void line(String property, Object raw) {
        String name = property.substring(ConfigKeys.PREFIX.length());
        if (name.startsWith(ConfigKeys.ACCOUNT_PREFIX)) {
            accountLine(property, name.substring(ConfigKeys.ACCOUNT_PREFIX.length()), raw);
            return;
        }
        Setting<?> setting = ConfigKeys.SETTINGS.get(name);
        if (setting == null) {
            unknown(property, name, "");
        } else if (setting == ConfigKeys.CONFIG && !origin.mayNameFile()) {
            problems.addKey(
                    property,
                    origin,
                    "is not allowed here; allowed: " + ConfigKeys.CONFIG.key().allowed());
        } else {
            parse(property, raw, setting, general, name);
        }
    }

    private void accountLine(String property, String rest, Object raw) {
        int dot = rest.indexOf('.');
        if (dot < 0 || !ACCOUNT_NAME.matcher(rest.substring(0, dot)).matches()) {
            problems.addKey(
                    property,
                    origin,
                    "is not a key of an account; allowed: " + ConfigKeys.PREFIX
                            + "account.NAME.KEY, with a NAME of letters, digits, - and _");
            return;
        }
        String account = rest.substring(0, dot);
        String name = rest.substring(dot + 1);
        Setting<?> setting = accountSetting(name);
        if (setting == null) {
            unknown(property, name, ConfigKeys.ACCOUNT_PREFIX + account + ".");
        } else if (ConfigKeys.NOT_OF_ACCOUNTS.contains(name)) {
            problems.addKey(property, origin, "holds for everything, not for an account: write " + setting.property());
        } else {
            parse(property, raw, setting, accounts.computeIfAbsent(account, a -> new LinkedHashMap<>()), name);
        }
    }

    private static Setting<?> accountSetting(String name) {
        return switch (name) {
            case Layer.HOST -> ConfigKeys.HOST;
            case Layer.USER -> ConfigKeys.USER;
            default -> ConfigKeys.SETTINGS.get(name);
        };
    }

    private void parse(String property, Object raw, Setting<?> setting, Map<String, Entry> into, String name) {
        if (raw instanceof NotText notText) {
            problems.addKey(
                    property,
                    origin,
                    notText.explain() + "; allowed: " + setting.key().allowed());
            return;
        }
        // a properties file keeps blanks at the end of a line, where nobody sees them
        String text = ((String) raw).strip();
        try {
            if (text.isEmpty()) {
                throw new BadValue("is empty");
            }
            into.put(name, new Entry(property, text, origin, setting.type().parse(text)));
        } catch (BadValue bad) {
            problems.add(new Entry(property, text, origin, null), setting.explain(bad));
        }
    }

    private void unknown(String property, String name, String section) {
        List<String> known = new ArrayList<>(ConfigKeys.SETTINGS.keySet());
        if (!section.isEmpty()) {
            known.removeAll(ConfigKeys.NOT_OF_ACCOUNTS);
            known.addAll(ACCOUNT_ONLY);
        }
        String prefix = ConfigKeys.PREFIX + section;
        List<String> nearest = section.isEmpty() && ACCOUNT_ONLY.contains(name)
                ? List.of(ConfigKeys.ACCOUNT_PREFIX + "NAME." + name)
                : NearestName.to(name, known);
        String help = nearest.isEmpty()
                ? "known after " + prefix + " are " + String.join(", ", known)
                : "did you mean " + prefix + String.join(" or " + prefix, nearest) + "?";
        problems.addKey(property, origin, "is not a known key; " + help);
    }
}
