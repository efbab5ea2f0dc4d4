using System.Text;
using Shouldly;
using TauPipeline.Tasks;
using TauPipeline.Tensors;
using TauPipeline.Tests.Support;
using Xunit;

namespace TauPipeline.Tests.Unit.Tensors;

/// <summary>libtorch from elsewhere, and on the C++ library of an older system.</summary>
[Collection(TensorFixture.Collection)]
public sealed class OtherSystemTests : IDisposable
{
    // The newest version of GCC 11's, which Alma 9 has; GCC 12's comes next.
    private const string Last = "GLIBCXX_3.4.29", Next = "GLIBCXX_3.4.30", Unknown = "GLIBCXX_9.9.99";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TensorFact]
    public void A_libtorch_that_the_user_names_is_taken_and_told_of_and_gives_the_same()
    {
        Lay(_folder.At("libtorch", "lib"), offered: []);
        File.WriteAllText(_folder.At("libtorch", "build-version"), "2.10.0+own\n");

        IReadOnlyList<string> named = NumbersRun.In(
            new Dictionary<string, string?> { ["TAU_LIBTORCH"] = _folder.At("libtorch") },
            "operations",
            "1");

        named.ShouldBe(NumbersRun.Here("operations", "1"));
        NumbersRun.In(new Dictionary<string, string?> { ["TAU_LIBTORCH"] = _folder.At("libtorch") }, "versions", "1")[1]
            .ShouldBe("libtorch of TAU_LIBTORCH: 2.10.0+own");
    }

    [TensorFact]
    public void A_training_s_operations_need_no_symbol_that_GCC_11_s_library_lacks()
    {
        // This system's C++ library with its newest versions under a name that nobody asks for: to the loader they are not there.
        string old = _folder.At("old", NativeFolder.Cpp);
        Directory.CreateDirectory(_folder.At("old"));
        byte[] bytes = File.ReadAllBytes(NativeFolder.CppLibrary());
        int hidden = Replace(bytes, Next, Unknown);
        File.WriteAllBytes(old, bytes);
        IReadOnlyList<string> offered = ElfVersions.Of(old).Defined;
        offered.ShouldContain(Last);
        offered.ShouldNotContain(Next);
        hidden.ShouldBeGreaterThan(0);
        Lay(_folder.At("laid"), offered).ShouldContain($"libLibTorchSharp.so: {Next}");
        Lay(_folder.At("unmarked"), offered: []);
        Dictionary<string, string?> On(string laid) =>
            new() { ["TAU_LIBTORCH"] = _folder.At(laid), ["LD_LIBRARY_PATH"] = _folder.At("old") };

        NumbersRun.In(On("laid"), "operations", "2").ShouldBe(NumbersRun.Here("operations", "2"));
        // else the older library was not the one in use
        Should.Throw<InvalidOperationException>(() => NumbersRun.In(On("unmarked"), "operations", "2"));
    }

    private static IReadOnlyList<string> Lay(string folder, IReadOnlyCollection<string> offered)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        return NativeFolder.Lay(
            Directory.GetFiles(Checkout.At(".artifacts", "native", TorchNatives.Packages)),
            folder,
            offered.Count > 0 ? offered : ElfVersions.Of(NativeFolder.CppLibrary()).Defined.ToArray());
    }

    private static int Replace(byte[] bytes, string old, string @new)
    {
        byte[] from = Encoding.ASCII.GetBytes(old + '\0'), to = Encoding.ASCII.GetBytes(@new + '\0');
        int count = 0;
        for (int at = bytes.AsSpan().IndexOf(from); at >= 0; at = bytes.AsSpan().IndexOf(from), count++) to.CopyTo(bytes, at);
        return count;
    }
}
