using Shouldly;
using TauPipeline.Foundation;
using TauPipeline.Hdf5IO;
using TauPipeline.Hdf5IO.Native;
using Xunit;
using static TauPipeline.Tests.Unit.Hdf5IO.Hdf5DatasetTests;

namespace TauPipeline.Tests.Unit.Hdf5IO;

/// <summary>Runs while no other test has a file open: HDF5 counts identifiers over the whole process.</summary>
[Collection(Alone.Name)]
public sealed class Hdf5LeakTests : IDisposable
{
    private readonly Hdf5Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Hdf5Fact]
    public void No_identifier_stays_open_after_work_and_errors()
    {
        nint before = H5.H5Fget_obj_count(H5.AllObjects, H5.AllObjects);

        using (Hdf5File file = Hdf5File.Create(_scratch.File_()))
        {
            file.CreateGroup("/g");
            file.Attributes("/g").Set("names", ["a", "b"]);
            Write(file, "/g/x", [true, false], 16);
            Should.Throw<StepFailed>(() => file.CreateGroup("/g"));
        }
        using (Hdf5File file = Hdf5File.Open(_scratch.File_()))
        {
            file.Inspect().Count.ShouldBe(3);
            Read<bool>(file, "/g/x", 0, 2).ShouldBe([true, false]);
            Should.Throw<StepFailed>(() => file.Dataset("/g"));
            Should.Throw<StepFailed>(() => file.Attributes("/g").Text("nome"));
            Should.Throw<StepFailed>(() => file.Attributes("/g/none").Names);
        }

        H5.H5Fget_obj_count(H5.AllObjects, H5.AllObjects).ShouldBe(before);
    }
}
