package io.sallyport.proxy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** No constructor is public or protected. */
final class HavePackagePrivateConstructors extends ArchCondition<JavaClass> {
    static final HavePackagePrivateConstructors INSTANCE = new HavePackagePrivateConstructors();

    private HavePackagePrivateConstructors() {
        super("have package-private constructors");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        for (JavaConstructor constructor : type.getConstructors()) {
            boolean open = constructor.getModifiers().contains(JavaModifier.PUBLIC)
                    || constructor.getModifiers().contains(JavaModifier.PROTECTED);
            events.add(new SimpleConditionEvent(constructor, !open, constructor.getFullName() + " is open to others"));
        }
    }
}
