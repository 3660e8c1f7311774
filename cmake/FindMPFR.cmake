# FindMPFR: MPFR::MPFR
find_package(GMP REQUIRED)
find_path(MPFR_INCLUDE_DIR mpfr.h)
find_library(MPFR_LIBRARY mpfr)
mark_as_advanced(MPFR_INCLUDE_DIR MPFR_LIBRARY)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(MPFR REQUIRED_VARS MPFR_LIBRARY MPFR_INCLUDE_DIR
    REASON_FAILURE_MESSAGE "Debian and Ubuntu have it in libmpfr-dev.")

if(MPFR_FOUND AND NOT TARGET MPFR::MPFR)
    add_library(MPFR::MPFR UNKNOWN IMPORTED)
    set_target_properties(MPFR::MPFR PROPERTIES
        IMPORTED_LOCATION ${MPFR_LIBRARY}
        INTERFACE_SYSTEM_INCLUDE_DIRECTORIES ${MPFR_INCLUDE_DIR}
        INTERFACE_INCLUDE_DIRECTORIES ${MPFR_INCLUDE_DIR}
        INTERFACE_LINK_LIBRARIES GMP::GMP)
endif()
