# FindFLINT: FLINT::FLINT, with Arb: separate up to FLINT 2.9 (libarb, on Debian
# libflint-arb), inside FLINT from 3.0.
find_package(MPFR REQUIRED)
find_path(FLINT_INCLUDE_DIR flint/flint.h)
find_library(FLINT_LIBRARY flint)
mark_as_advanced(FLINT_INCLUDE_DIR FLINT_LIBRARY)

set(FLINT_VERSION "")
if(FLINT_INCLUDE_DIR)
    file(STRINGS ${FLINT_INCLUDE_DIR}/flint/flint.h flint_line
         REGEX "^[ \t]*#[ \t]*define[ \t]+FLINT_VERSION[ \t]+\"")
    if(flint_line MATCHES "\"([0-9.]+)")
        set(FLINT_VERSION ${CMAKE_MATCH_1})
    endif()
endif()

set(flint_needs FLINT_LIBRARY FLINT_INCLUDE_DIR FLINT_VERSION)
set(FLINT_LIBRARIES ${FLINT_LIBRARY})
set(FLINT_INCLUDE_DIRS ${FLINT_INCLUDE_DIR})
if(FLINT_VERSION AND FLINT_VERSION VERSION_LESS 3)
    find_path(ARB_INCLUDE_DIR arb.h)
    find_library(ARB_LIBRARY NAMES flint-arb arb)
    mark_as_advanced(ARB_INCLUDE_DIR ARB_LIBRARY)
    list(APPEND flint_needs ARB_LIBRARY ARB_INCLUDE_DIR)
    list(PREPEND FLINT_LIBRARIES ${ARB_LIBRARY})
    list(APPEND FLINT_INCLUDE_DIRS ${ARB_INCLUDE_DIR})
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(FLINT REQUIRED_VARS ${flint_needs}
    VERSION_VAR FLINT_VERSION REASON_FAILURE_MESSAGE
    "Debian and Ubuntu have it in libflint-dev, before FLINT 3 also libflint-arb-dev.")

if(FLINT_FOUND AND NOT TARGET FLINT::FLINT)
    list(REMOVE_DUPLICATES FLINT_INCLUDE_DIRS)
    add_library(FLINT::FLINT INTERFACE IMPORTED)
    target_include_directories(FLINT::FLINT SYSTEM INTERFACE ${FLINT_INCLUDE_DIRS})
    target_link_libraries(FLINT::FLINT INTERFACE ${FLINT_LIBRARIES} MPFR::MPFR GMP::GMP m)
endif()
