package legacyapp;

import java.util.ArrayList;
import java.util.List;

/** Plays scenes. Arguments: {@code SCENE:PORT}, each. Says on stdout what each one saw. */
public final class SceneApp {

    private SceneApp() {}

    /** Plays all, one after the other. */
    public static void main(String[] scenes) throws Exception {
        for (String scene : scenes) {
            String[] parts = scene.split(":");
            List<String> told = new ArrayList<>();
            Scene.valueOf(parts[0]).play(Accounts.session(Integer.parseInt(parts[1]), false), told);
            System.out.println(parts[0] + "=" + String.join(";", told));
        }
    }
}
