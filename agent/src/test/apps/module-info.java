/** The legacy application as a module. */
module legacy {
    requires jakarta.mail;
    requires org.eclipse.angus.mail;
}
