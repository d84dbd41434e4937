/** On white in the dark too: most logos are drawn for it, and a black one would be gone. */
export function BrandMark({ logo, projectName }: { logo: string; projectName: string }) {
  return (
    <p>
      {/* biome-ignore lint/performance/noImgElement: an image service would be one more place that knows who signs in. */}
      <img src={logo} alt={projectName} className="h-12 max-w-60 rounded-lg object-contain dark:bg-white dark:p-1.5" />
    </p>
  )
}
