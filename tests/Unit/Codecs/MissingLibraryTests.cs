using System.Text;
using Shouldly;
using TauPipeline.Codecs;
using TauPipeline.Foundation;
using Xunit;

namespace TauPipeline.Tests.Unit.Codecs;

/// <summary>Machines without one of the native codecs.</summary>
public sealed class MissingLibraryTests
{
    // A frame of libzstd 1.5.4, called from Python.
    private const string Frame = "28b52ffd202755000020746175200100261d11";
    private static readonly byte[] Plain = Encoding.ASCII.GetBytes("tau tau tau tau tau tau tau tau tau tau");

    [Theory]
    [InlineData("lzma", "LZMA", "liblzma5")]
    [InlineData("zstd", "Zstandard", "libzstd1")]
    public void A_missing_library_is_named_with_what_installs_it(string name, string title, string package)
    {
        NativeLibraryProbe probe = NativeCodecs.Probe(name) with { Variable = "TAU_OF_NO_MACHINE", Names = ["libof_no_machine.so"] };

        Should.Throw<StepFailed>(() => probe.Load()).Message.ShouldBe($"""
            the {title} library is missing
              tried       libof_no_machine.so
              or name it  TAU_OF_NO_MACHINE=/path/to/prefix
              install it with  apt-get install {package}
            """);
    }

    [Fact]
    public void Zstandard_is_unpacked_without_its_library_too()
    {
        var target = new byte[Plain.Length];

        Zstd.WithoutTheLibrary(Convert.FromHexString(Frame), target, out string fault).ShouldBeTrue(fault);

        target.ShouldBe(Plain);
    }

    [Fact]
    public void What_is_damaged_or_of_another_size_is_refused_with_and_without_it()
    {
        byte[] frame = Convert.FromHexString(Frame);
        foreach (int size in new[] { Plain.Length - 1, Plain.Length + 1 })
            Both(frame, size).ShouldBe((false, false), $"{size} bytes");
        for (int length = 0; length < frame.Length; length++)
            Both(frame[..length], Plain.Length).ShouldBe((false, false), $"cut at {length}");
        for (int i = 0; i < frame.Length; i++)
        {
            byte[] changed = [.. frame];
            changed[i] ^= 0x04;
            (bool with, bool without) = Both(changed, Plain.Length);
            without.ShouldBe(with, $"byte {i}");
        }
    }

    private static (bool With, bool Without) Both(byte[] frame, int size)
    {
        byte[] one = new byte[size], other = new byte[size];
        bool with = Zstd.Decompress(frame, one, out string fault), without = Zstd.WithoutTheLibrary(frame, other, out string otherFault);
        (fault.Length == 0, otherFault.Length == 0).ShouldBe((with, without));
        if (with && without) other.ShouldBe(one);
        return (with, without);
    }
}
