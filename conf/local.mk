# Views are installed as they are, examples with the paths of the installation filled in. The
# configuration itself is never installed, so that none is overwritten.
examplesdir = $(docdir)/examples
dist_examples_DATA = conf/paraphe.conf
dist_pkgdata_DATA = conf/vacances-scolaires.txt
nodist_examples_DATA = conf/nginx-site conf/paraphed.service
CLEANFILES += $(nodist_examples_DATA)
EXTRA_DIST += conf/demo conf/demo-data conf/demo-nginx.conf.in conf/demo.conf.in \
	conf/install-packages conf/nginx-site.in conf/packages conf/paraphed.service.in \
	views t .clang-format .ci/run

conf/nginx-site: $(srcdir)/conf/nginx-site.in Makefile
	$(AM_V_GEN)$(MKDIR_P) conf && sed -e 's|@listen@|443|' \
	  -e 's|@server_name@|conventions.example.fr|' \
	  -e 's|@certificate@|/etc/letsencrypt/live/conventions.example.fr/fullchain.pem|' \
	  -e 's|@certificate_key@|/etc/letsencrypt/live/conventions.example.fr/privkey.pem|' \
	  -e 's|@socket@|/run/paraphe/paraphed.sock|' -e 's|@views@|$(viewsdir)|' \
	  -e 's|@access_log@|/var/log/nginx/paraphe-access.log|' \
	  -e 's|@bootstrap@|/usr/share/javascript/bootstrap5|' $(srcdir)/conf/nginx-site.in > $@

conf/paraphed.service: $(srcdir)/conf/paraphed.service.in Makefile
	$(AM_V_GEN)$(MKDIR_P) conf && sed -e 's|[@]sbindir[@]|$(sbindir)|' \
	  -e 's|[@]sysconfdir[@]|$(sysconfdir)|' $(srcdir)/conf/paraphed.service.in > $@

install-data-local: install-views
uninstall-local: uninstall-views
.PHONY: install-views uninstall-views
install-views:
	@for file in `cd $(srcdir) && find views -type f`; do \
	  $(MKDIR_P) "$(DESTDIR)$(pkgdatadir)/`dirname $$file`" && \
	  $(INSTALL_DATA) "$(srcdir)/$$file" "$(DESTDIR)$(pkgdatadir)/$$file" || exit 1; \
	done
uninstall-views:
	rm -rf "$(DESTDIR)$(viewsdir)"

# Starts what was installed, with a database server of its own.
installcheck-local:
	/usr/bin/python3 -B $(srcdir)/t/installed.py "$(DESTDIR)$(bindir)" "$(DESTDIR)$(sbindir)" \
	  "$(DESTDIR)$(docdir)"

# With a folder in EXTRA_DIST goes what the build made in it: programs, objects and what it wrote;
# and what Python left.
dist-hook:
	cd $(distdir) && rm -f $(check_PROGRAMS) $(CLEANFILES)
	find $(distdir) \( -name '*.o' -o -name '*.a' -o -name .dirstamp \) -delete
	find $(distdir) -depth \( -name __pycache__ -o -name .deps -o -name node_modules \) \
	  -exec rm -rf {} +
