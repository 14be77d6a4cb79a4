package org.resilientmail.agent.core;

import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Puts before a method's own code: {@code Object[] answer = Dispatcher.enter(name, this, arguments)}, and
 * {@code return answer[0]} where there is one. No local variable is added, so that the method's own frames hold.
 */
final class Question extends MethodVisitor {

    private final String name;
    private final Type[] arguments;
    private final Type result;
    private final boolean hasFrames;

    Question(MethodVisitor to, String name, String descriptor, boolean hasFrames) {
        super(Opcodes.ASM9, to);
        this.name = name;
        this.arguments = Type.getArgumentTypes(descriptor);
        this.result = Type.getReturnType(descriptor);
        this.hasFrames = hasFrames;
    }

    @Override
    public void visitCode() {
        super.visitCode();
        visitLdcInsn(name);
        visitVarInsn(Opcodes.ALOAD, 0);
        pushArguments();
        visitMethodInsn(
                Opcodes.INVOKESTATIC,
                Bridge.DISPATCHER,
                "enter",
                "(Ljava/lang/String;Ljava/lang/Object;[Ljava/lang/Object;)[Ljava/lang/Object;",
                false);
        visitInsn(Opcodes.DUP);
        Label own = new Label();
        visitJumpInsn(Opcodes.IFNULL, own);
        answer();
        visitLabel(own);
        if (hasFrames) {
            visitFrame(Opcodes.F_SAME1, 0, null, 1, new Object[] {"[Ljava/lang/Object;"});
        }
        visitInsn(Opcodes.POP);
    }

    private void pushArguments() {
        visitIntInsn(Opcodes.BIPUSH, arguments.length);
        visitTypeInsn(Opcodes.ANEWARRAY, "java/lang/Object");
        int local = 1;
        for (int i = 0; i < arguments.length; i++) {
            visitInsn(Opcodes.DUP);
            visitIntInsn(Opcodes.BIPUSH, i);
            visitVarInsn(arguments[i].getOpcode(Opcodes.ILOAD), local);
            if (arguments[i].getSort() == Type.INT) {
                visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Integer", "valueOf", "(I)Ljava/lang/Integer;", false);
            }
            visitInsn(Opcodes.AASTORE);
            local += arguments[i].getSize();
        }
    }

    private void answer() {
        if (result.getSort() == Type.VOID) {
            visitInsn(Opcodes.POP);
        } else {
            visitInsn(Opcodes.ICONST_0);
            visitInsn(Opcodes.AALOAD);
            switch (result.getSort()) {
                case Type.BOOLEAN -> unboxed("java/lang/Boolean", "booleanValue");
                case Type.INT -> unboxed("java/lang/Integer", "intValue");
                default -> visitTypeInsn(Opcodes.CHECKCAST, result.getInternalName());
            }
        }
        visitInsn(result.getOpcode(Opcodes.IRETURN));
    }

    private void unboxed(String box, String method) {
        visitTypeInsn(Opcodes.CHECKCAST, box);
        visitMethodInsn(Opcodes.INVOKEVIRTUAL, box, method, "()" + result.getDescriptor(), false);
    }
}
