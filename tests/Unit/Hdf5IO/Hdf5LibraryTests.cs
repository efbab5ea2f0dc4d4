using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Hdf5IO.Native;
using Xunit;

namespace TauPipeline.Tests.Unit.Hdf5IO;

public sealed class Hdf5LibraryTests
{
    [Fact]
    public void A_missing_library_says_what_was_tried_and_what_to_type()
    {
        NativeLibraryProbe probe = Hdf5Library.Probe with { Variable = "TAU_HDF5_OF_NO_MACHINE", Names = ["libhdf5_of_no_machine.so"] };

        StepFailed error = Should.Throw<StepFailed>(() => probe.Load());

        error.Message.ShouldBe("the HDF5 library is missing\n  tried       libhdf5_of_no_machine.so\n  or name it  TAU_HDF5_OF_NO_MACHINE=/path/to/prefix\n  install it with  apt-get install libhdf5-103-1");
    }

    [Fact]
    public void Debians_serial_build_is_tried_first_and_may_be_overridden()
    {
        Hdf5Library.Probe.Names[0].ShouldBe("libhdf5_serial.so.103");
        Hdf5Library.Probe.Variable.ShouldBe("TAU_HDF5");
    }
}
