# SPDX-License-Identifier: GPL-2.0-or-later
# `cpack` in the build folder makes the .deb; tests/bench/package.sh tries it on a bare Debian 12.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME dafu)
set(CPACK_PACKAGE_CONTACT "the dafu developers <dafu@localhost>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE
    GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION text)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "poppler-utils, poppler-data, antiword, catdoc")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "tesseract-ocr-chi-sim")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION "search engine for Chinese government replies
 Reads the published answers to proposals and suggestions, understands how a
 reply is built, segments its text, and returns ranked passages, each with the
 agency, the document number, the date and its place in the source.")
include(CPack)
