package org.resilientmail.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The settings that hold for one account, or for everything: the nearest source that has a key decides it. */
final class Effective {

    private final List<Map<String, Entry>> nearestFirst;

    private Effective(List<Map<String, Entry>> nearestFirst) {
        this.nearestFirst = nearestFirst;
    }

    /** What holds where no account section matches. */
    static Effective general(List<Layer> layers, Problems problems) {
        return account(layers, null, problems);
    }

    /**
     * What holds for an account: all that is said of it comes before all that is said in general. A profile ranks just
     * behind the lines that are as specific as the one that chose it; an account's own profile replaces the general one,
     * because limits of two providers do not mix.
     */
    static Effective account(List<Layer> layers, String account, Problems problems) {
        List<Map<String, Entry>> own = account == null
                ? List.of()
                : layers.stream().map(layer -> layer.account(account)).toList();
        List<Map<String, Entry>> general = new ArrayList<>(layers.size());
        for (Layer layer : layers) {
            general.add(layer.general());
        }
        Entry ownProfile = find(own, ConfigKeys.PROFILE);
        Entry generalProfile = find(general, ConfigKeys.PROFILE);
        List<Map<String, Entry>> chain = new ArrayList<>(own);
        if (ownProfile != null) {
            chain.add(profile(ownProfile, problems));
        }
        chain.addAll(general);
        if (ownProfile == null && generalProfile != null) {
            chain.add(profile(generalProfile, problems));
        }
        return new Effective(chain);
    }

    private static Map<String, Entry> profile(Entry chosen, Problems problems) {
        return ConfigKeys.PROFILE
                .valueOf(chosen)
                .map(name -> LayerReader.read(Origin.profile(name), Profiles.properties(name), problems)
                        .general())
                .orElse(Map.of());
    }

    private static Entry find(List<Map<String, Entry>> nearestFirst, Setting<?> setting) {
        for (Map<String, Entry> entries : nearestFirst) {
            Entry entry = entries.get(setting.name());
            if (entry != null) {
                return entry;
            }
        }
        return null;
    }

    /** What was set, or the default. */
    <T> Entry entry(Setting<T> setting) {
        Entry set = find(nearestFirst, setting);
        return set != null
                ? set
                : new Entry(setting.property(), setting.key().defaultText(), Origin.DEFAULT, setting.defaultValue());
    }

    <T> T value(Setting<T> setting) {
        return setting.valueOf(entry(setting));
    }
}
