package org.resilientmail.agent.bridge;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/** What stands around each changed method. Inlined there, so that no method and no field is added to the class. */
final class TransportAdvice {

    private TransportAdvice() {}

    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static Object[] enter(
            @Advice.Origin("#m") String method, @Advice.This Object self, @Advice.AllArguments Object[] arguments) {
        return Dispatcher.enter(method, self, arguments);
    }

    @Advice.OnMethodExit
    static void exit(
            @Advice.Enter Object[] result,
            @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object returned) {
        if (result != null) {
            returned = result[0];
        }
    }
}
